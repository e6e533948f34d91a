-- :checkhealth, :helptags and the commands that only show something.

local T = dofile(os.getenv('COPYDESK_TESTS') .. '/harness.lua')

local function health()
  vim.cmd('silent checkhealth copydesk')
  local lines = vim.api.nvim_buf_get_lines(0, 0, -1, false)
  vim.cmd('bwipeout!')
  return table.concat(lines, '\n')
end

local function has(text, part)
  assert(text:find(part, 1, true), ('no "%s" in:\n%s'):format(part, text))
end

local function shown()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
end

T.run(function()
  T.write('desk/copydesk.toml', '[rules]\nquote-typography = "error"\n')
  T.write('desk/draft.md', 'The bridge 🌉 is shut, according to.\n')
  T.start()
  T.open('desk/draft.md')
  T.expect({ '0:25-0:38 ERROR dangling-attribution' }, 'the draft')

  local report = health()
  assert(not report:find('ERROR', 1, true) and not report:find('WARNING', 1, true), report)
  has(report, 'copydesk 0.')
  has(report, 'serves 1 open draft')
  has(report, T.modern and 'pulled' or 'pushed')
  has(report, 'desk/copydesk.toml is valid')

  T.write('desk/copydesk.toml', '[rules]\nquote-typography = "loud"\n')
  report = health()
  has(report, 'ERROR')
  has(report, 'copydesk.toml:2:20')

  -- The rule under the cursor, and any rule by name.
  vim.api.nvim_win_set_cursor(0, { 1, 25 })
  vim.cmd('CopydeskExplain')
  has(shown(), 'dangling-attribution')
  has(shown(), 'Why it matters')
  vim.cmd('CopydeskExplain vague-attribution')
  has(shown(), 'vague-attribution')
  vim.cmd('CopydeskLog')
  assert(#shown() > 0, 'the log is empty')
  vim.cmd('only!')
  T.equal(vim.fn.getcompletion('CopydeskExplain dangling', 'cmdline'), { 'dangling-attribution' }, 'rules are completed')
  T.equal(#T.notified, 0, 'nothing went wrong: ' .. vim.inspect(T.notified))

  -- The help file has tags, and they lead somewhere. The copy keeps the checkout clean.
  local doc = os.getenv('COPYDESK_PLUGIN') .. '/doc/copydesk.txt'
  T.write('help/doc/copydesk.txt', table.concat(vim.fn.readfile(doc), '\n') .. '\n')
  vim.cmd('helptags help/doc')
  vim.opt.runtimepath:prepend(vim.fn.getcwd() .. '/help')
  for _, tag in ipairs({ 'copydesk', 'copydesk-setup', ':CopydeskFixAll', ':CopydeskExplain', ':CopydeskRestart', ':CopydeskLog' }) do
    vim.cmd('help ' .. tag)
    T.equal(vim.fn.expand('%:t'), 'copydesk.txt', 'help for ' .. tag)
  end
  -- Every link inside the help file has its tag; an old Neovim lacks some that are for newer ones.
  local tags = {}
  for _, line in ipairs(vim.fn.readfile('help/doc/tags')) do
    tags[line:match('^[^\t]+')] = true
  end
  for _, line in ipairs(vim.fn.readfile(doc)) do
    for link in line:gmatch('|([^|%s]+)|') do
      assert(tags[link] or not T.modern or #vim.fn.getcompletion(link, 'help') > 0, 'the help links to ' .. link)
    end
  end
end)
