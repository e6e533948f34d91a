-- Findings with exact places as the draft, the editor's settings and the settings file change.

local T = dofile(os.getenv('COPYDESK_TESTS') .. '/harness.lua')

local DRAFT = [[
# Sea wall to rise by a metre

The sea wall will be rebuilt 🚧 before the winter storms, according to. The town council voted on Monday.

Harbor master Ines Calder said the work 🌊 cannot wait. ”The wall moves,” Calder said. “It is old,” she added.
]]

local DANGLING = '2:60-2:73 ERROR dangling-attribution'
local REVERSED = '4:58-4:61 WARN quote-typography'

--- The text of the virtual text in a line.
local function virtual_text(line)
  local out = {}
  for _, namespace in pairs(vim.diagnostic.get_namespaces()) do
    local drawn = namespace.user_data.virt_text_ns
    local from, to, options = { line, 0 }, { line + 1, 0 }, { details = true }
    for _, mark in ipairs(drawn and vim.api.nvim_buf_get_extmarks(0, drawn, from, to, options) or {}) do
      for _, chunk in ipairs(mark[4].virt_text or {}) do
        table.insert(out, chunk[1])
      end
    end
  end
  return table.concat(out)
end

T.run(function()
  vim.fn.mkdir('.git', 'p')
  T.write('works.md', DRAFT)
  T.write('works.txt', (DRAFT:gsub('# ', '')))
  T.write('other/copydesk.toml', '[rules]\nquote-typography = "error"\n')
  T.write('other/works.md', DRAFT)
  vim.diagnostic.config({ virtual_text = true })
  local global = vim.diagnostic.config()
  T.start()

  -- Two drafts at once are served by one client; a folder with settings of its own gets another.
  local plain, markdown = T.open('works.txt'), T.open('works.md')
  T.expect({ DANGLING, REVERSED }, 'a Markdown draft', markdown)
  vim.cmd('buffer ' .. plain)
  T.expect({ DANGLING, REVERSED }, 'a plain text draft', plain)
  local client = T.client(markdown)
  T.equal(T.client(plain).id, client.id, 'both drafts have one client')
  T.equal(client.offset_encoding, T.modern and 'utf-8' or 'utf-16', 'what columns count')
  local elsewhere = T.open('other/works.md')
  T.expect({ DANGLING, '4:58-4:61 ERROR quote-typography' }, 'a draft under settings of its own', elsewhere)
  assert(T.client(elsewhere).id ~= client.id, 'another folder has another client')
  vim.cmd('bwipeout!')
  vim.cmd('buffer ' .. markdown)
  T.expect({ DANGLING, REVERSED }, 'the draft from before')

  -- Each finding comes once, by the way that was agreed on.
  T.equal(client.server_capabilities.diagnosticProvider ~= nil, T.modern, 'findings are pulled')
  if T.modern then
    T.equal(T.pushed['works.md'], nil, 'nothing is pushed to a client that pulls')
  else
    assert(T.pushed['works.md'] >= 1, 'findings are pushed')
  end

  -- The message's first line stands beside the text; the writer's own configuration is as it was.
  local finding = vim.diagnostic.get(0, { lnum = 2 })[1]
  local first, rest = finding.message:match('^([^\n]+)\n(.+)$')
  assert(first and #rest > 20, 'a message says what is wrong, then why: ' .. finding.message)
  T.equal(finding.source, 'copydesk', 'the source')
  local beside = virtual_text(2)
  assert(beside:find(first, 1, true) and not beside:find(rest:sub(1, 20), 1, true), 'virtual text: ' .. beside)
  T.equal(vim.inspect(vim.diagnostic.config()), vim.inspect(global), 'the global configuration')
  vim.diagnostic.config({ virtual_text = false })
  vim.diagnostic.show()
  T.equal(virtual_text(2), '', 'no virtual text for a writer who wants none')

  -- An edit moves and removes findings.
  vim.api.nvim_buf_set_text(0, 2, 0, 2, 0, { '🎣 Everyone agrees.', '' })
  T.expect({ '3:60-3:73 ERROR dangling-attribution', '5:58-5:61 WARN quote-typography' }, 'after a line was inserted')
  vim.api.nvim_buf_set_text(0, 3, 72, 3, 72, { ' Ines Calder' })
  T.expect({ '5:58-5:61 WARN quote-typography' }, 'after the source was named')
  vim.cmd('silent undo')
  vim.api.nvim_buf_set_lines(0, 0, -1, true, vim.split(vim.trim(DRAFT), '\n'))
  T.expect({ DANGLING, REVERSED }, 'after the draft was restored')

  -- What the end of a sentence may yet mend waits until the writer pauses.
  vim.api.nvim_buf_set_lines(0, -1, -1, true, { '', '' })
  local began = vim.loop.hrtime()
  vim.api.nvim_buf_set_text(0, 6, 0, 6, 0, { 'The pier is to close, according to' })
  local unfinished = '6:22-6:34 ERROR dangling-attribution'
  T.expect({ DANGLING, REVERSED, unfinished }, 'after a pause')
  local waited = (vim.loop.hrtime() - began) / 1e6
  assert(waited > 900, 'an unfinished sentence was flagged after ' .. waited .. ' ms')
  vim.api.nvim_buf_set_lines(0, -3, -1, true, {})
  T.expect({ DANGLING, REVERSED }, 'after the sentence was deleted')

  -- Settings of the editor, and of the file, which wins.
  require('copydesk').configure({ rules = { ['dangling-attribution'] = 'off', ['quote-typography'] = 'info' } })
  T.expect({ '4:58-4:61 INFO quote-typography' }, 'the settings of the editor')
  T.write('copydesk.toml', '[rules]\nquote-typography = "error"\n')
  T.expect({ '4:58-4:61 ERROR quote-typography' }, 'a settings file that was made beside the editor')
  require('copydesk').configure({})
  T.expect({ DANGLING, '4:58-4:61 ERROR quote-typography' }, 'without settings of the editor')
  local draft = vim.api.nvim_get_current_buf()
  local settings = T.open('copydesk.toml')
  vim.api.nvim_buf_set_lines(0, 1, 2, true, { 'quote-typography = "loud"' })
  vim.cmd('silent write')
  T.expect({ '1:19-1:25 ERROR -' }, 'broken settings are a finding in their file', settings)
  T.expect({ DANGLING, '4:58-4:61 ERROR quote-typography' }, 'the last good settings hold', draft)
  vim.api.nvim_buf_set_lines(0, 1, 2, true, { 'quote-typography = "off"' })
  vim.cmd('silent write')
  T.expect({}, 'settings that were mended', settings)
  T.expect({ DANGLING }, 'the settings as they are mended', draft)
  vim.cmd('buffer ' .. draft)

  -- What is no draft is let go, and taken up again.
  vim.bo.filetype = 'lua'
  T.expect({}, 'a buffer that is no draft')
  vim.bo.filetype = 'markdown'
  T.expect({ DANGLING }, 'a buffer that is a draft again')

  -- A new server takes over.
  local before = T.client().id
  vim.cmd('CopydeskRestart')
  T.expect({ DANGLING }, 'findings of the new server')
  assert(T.client().id ~= before, 'the client is another one')
  T.equal(#require('copydesk.client').clients(draft), 1, 'one client serves the draft')
end)
