-- What a writer does about findings and people: quick fixes, all safe fixes, letting one stand, hover, rename, completion.

local T = dofile(os.getenv('COPYDESK_TESTS') .. '/harness.lua')

local DRAFT = [[
# Sea wall to rise by a metre

The sea wall will be rebuilt 🚧 before the winter storms, according to. The town council voted on Monday.

Harbor master Ines Calder said the work 🌊 cannot wait. ”The wall moves,” Calder said. “It is old,” she added.

Engineer Tomas Reyle said on Monday that 🐟 Calder was right. “Ines Calder knows the wall,” Reyle said.
]]

local DANGLING = '2:60-2:73 ERROR dangling-attribution'
local REVERSED = '4:58-4:61 WARN quote-typography'

local function settled(what, line, text)
  T.wait(what, function()
    return T.line(line) == text
  end)
end

local function position()
  local client = T.client()
  return vim.lsp.util.make_position_params(0, client.offset_encoding)
end

T.run(function()
  T.write('copydesk.toml', '# The desk\n')
  T.write('works.md', DRAFT)
  T.start()
  T.open('works.md')
  T.expect({ DANGLING, REVERSED }, 'the draft')

  -- A suggestion that names a source, applied by the writer, behind an emoji.
  T.at(2, 65)
  local offered = T.act('Insert “Ines Calder”')
  assert(#offered >= 3, 'fixes, and ways to let it stand: ' .. vim.inspect(offered))
  local mended = 'The sea wall will be rebuilt 🚧 before the winter storms, according to Ines Calder. The town council voted on Monday.'
  settled('the source is named', 2, mended)
  T.expect({ REVERSED }, 'after the quick fix')

  -- All safe fixes, and nothing else.
  vim.cmd('silent undo')
  T.expect({ DANGLING, REVERSED }, 'after undo')
  vim.cmd('CopydeskFixAll')
  settled(
    'the quotation mark is turned',
    4,
    'Harbor master Ines Calder said the work 🌊 cannot wait. “The wall moves,” Calder said. “It is old,” she added.'
  )
  T.expect({ DANGLING }, 'after all safe fixes')
  assert(not T.line(2):find('Ines', 1, true), 'no source was named: ' .. T.line(2))
  vim.cmd('CopydeskFixAll')
  T.wait('a word that nothing is left', function()
    return #T.notified > 0 and T.notified[1].message:find('nothing to fix', 1, true)
  end)

  -- Fixes for a text that is not there any more are not applied.
  vim.api.nvim_buf_set_text(0, 4, 58, 4, 61, { '”' })
  T.expect({ DANGLING, REVERSED }, 'the mark as it was')
  T.notified = {}
  require('copydesk').fix_all(0)
  vim.api.nvim_buf_set_text(0, 4, 0, 4, 0, { 'Now, ' })
  T.wait('a word that the draft changed', function()
    return #T.notified > 0 and T.notified[1].message:find('changed in the meantime', 1, true)
  end)
  assert(T.line(4):find('^Now, Harbor .* ”The wall moves,”'), T.line(4))
  vim.api.nvim_buf_set_text(0, 4, 0, 4, 5, { '' })
  vim.cmd('CopydeskFixAll')
  T.expect({ DANGLING }, 'after all safe fixes, once more')

  -- Hover: on a finding its explanation, on a person who that is.
  T.at(2, 65)
  local hover = T.ask('textDocument/hover', position())
  assert(vim.inspect(hover.contents):find('names nobody', 1, true), vim.inspect(hover))
  T.at(4, 16)
  hover = T.ask('textDocument/hover', position())
  assert(vim.inspect(hover.contents):find('Ines Calder', 1, true), vim.inspect(hover))

  -- A person is renamed wherever she is named, not where the words are another's.
  T.at(4, 16)
  vim.lsp.buf.rename('Ana Calder-Voss')
  settled(
    'she has another name',
    4,
    'Harbor master Ana Calder-Voss said the work 🌊 cannot wait. “The wall moves,” Calder-Voss said. “It is old,” she added.'
  )
  settled(
    'in the other paragraph too',
    6,
    'Engineer Tomas Reyle said on Monday that 🐟 Calder-Voss was right. “Ines Calder knows the wall,” Reyle said.'
  )
  T.at(6, 10)
  local mentions = T.ask('textDocument/references', vim.tbl_extend('force', position(), { context = { includeDeclaration = true } }))
  T.equal(#mentions, 2, 'mentions of Tomas Reyle')
  local first = T.ask('textDocument/definition', position())
  first = first.range or first[1].range
  T.equal(first.start.line, 6, 'his first mention')
  local symbols = T.ask('textDocument/documentSymbol', { textDocument = position().textDocument })
  assert(vim.inspect(symbols):find('Tomas Reyle', 1, true), vim.inspect(symbols))

  -- The article's own sources are completed.
  vim.api.nvim_buf_set_lines(0, -1, -1, true, { '', 'It is too late, according to ' })
  T.at(8, 29)
  local completion = T.ask('textDocument/completion', vim.tbl_extend('force', position(), { position = { line = 8, character = 29 } }))
  local items = completion.items or completion
  local labels = vim.tbl_map(function(item)
    return item.label
  end, items)
  T.equal(labels, { 'Reyle', 'Calder-Voss' }, 'sources that are completed')
  vim.api.nvim_buf_set_lines(0, -3, -1, true, {})

  -- A finding is let stand, in the settings file first.
  T.expect({ DANGLING }, 'what is left')
  vim.cmd('silent write')
  T.at(2, 65)
  offered = T.act('Let it stand (copydesk.toml)')
  T.expect({}, 'a finding that stands: ' .. vim.inspect(offered))
end)
