-- What an action does to copydesk.toml: it is made where there is none, saved, and added to as the editor has it.

local T = dofile(os.getenv('COPYDESK_TESTS') .. '/harness.lua')

local DRAFT = [[
The sea wall will be rebuilt 🚧 before the winter storms, according to.

Harbor master Ines Calder said the work cannot wait. ”The wall moves,” Calder said. “It is old,” she added.
]]

local DANGLING = '0:60-0:73 ERROR dangling-attribution'
local REVERSED = '2:53-2:56 WARN quote-typography'

local function read(name)
  return table.concat(vim.fn.readfile(name), '\n')
end

--- Opens a draft in a folder of its own and sees its findings.
local function open(folder)
  T.write(folder .. '/works.md', DRAFT)
  local bufnr = T.open(folder .. '/works.md')
  T.expect({ DANGLING, REVERSED }, 'the draft in ' .. folder)
  return bufnr
end

local function turn_off(line, column, rule)
  T.at(line, column)
  T.act('Turn off ' .. rule .. ' for this project')
end

--- Neovim sends edits a little late, and applies none that was made for the text before them.
local function sent()
  vim.wait(400)
end

local function turn_both_off()
  turn_off(0, 65, 'dangling-attribution')
  sent()
  turn_off(2, 54, 'quote-typography')
end

T.run(function()
  T.start()

  -- Where there is no settings file, one is made.
  vim.fn.mkdir('new/.git', 'p')
  open('new')
  T.at(0, 65)
  T.act('Let it stand (copydesk.toml)')
  T.expect({ REVERSED }, 'a finding that stands')
  assert(read('new/copydesk.toml'):find('^%[%[stet%]%]\n'), read('new/copydesk.toml'))
  turn_off(2, 54, 'quote-typography')
  T.expect({}, 'a rule that is off')

  -- Two actions in a row, the first in a file that is not open.
  T.write('two/copydesk.toml', '# The desk\n')
  open('two')
  turn_both_off()
  T.expect({}, 'both rules are off')
  local off = '[rules]\ndangling-attribution = "off"\nquote-typography = "off"'
  T.equal(read('two/copydesk.toml'), '# The desk\n\n' .. off, 'one list of rules')

  -- What the writer has not saved yet counts.
  T.write('open/copydesk.toml', '# The desk\n')
  local draft = open('open')
  T.open('open/copydesk.toml')
  vim.api.nvim_buf_set_lines(0, 0, 0, true, { '# Not saved' })
  sent()
  vim.cmd('buffer ' .. draft)
  T.expect({ DANGLING, REVERSED }, 'the draft, still')
  turn_both_off()
  T.expect({}, 'both rules are off, too')
  T.equal(read('open/copydesk.toml'), '# Not saved\n# The desk\n\n' .. off, 'nothing is lost')

  -- So it is where nothing is saved.
  T.write('unsaved/copydesk.toml', '# The desk\n')
  open('unsaved')
  T.client().commands = {
    ['copydesk.save'] = function() end,
  }
  turn_both_off()
  T.equal(read('unsaved/copydesk.toml'), '# The desk', 'nothing is saved')
  T.expect({ DANGLING, REVERSED }, 'nothing took effect')
  vim.cmd('silent wall')
  T.expect({}, 'both rules are off in the end')
  T.equal(read('unsaved/copydesk.toml'), '# The desk\n\n' .. off, 'one list of rules in the end')

  -- A file that cannot be written is said.
  T.equal(#T.notified, 0, 'nothing went wrong: ' .. vim.inspect(T.notified))
  T.write('fixed/copydesk.toml', '# The desk\n')
  open('fixed')
  local settings = T.open('fixed/copydesk.toml')
  vim.bo[settings].readonly = true
  vim.cmd('buffer #')
  turn_off(0, 65, 'dangling-attribution')
  T.wait('a word that nothing is saved', function()
    return #T.notified > 0 and T.notified[1].message:find('fixed/copydesk.toml is changed but not saved', 1, true)
  end)
end)
