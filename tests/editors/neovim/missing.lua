-- Without the program there is one message, and no error.

local T = dofile(os.getenv('COPYDESK_TESTS') .. '/harness.lua')

T.run(function()
  local binary = T.binary
  T.binary = 'no-such-copydesk'
  T.write('one.md', 'One, according to.\n')
  T.write('two.md', 'Two, according to.\n')
  T.start()
  T.open('one.md')
  T.open('two.md')
  vim.wait(300)
  local about = vim.tbl_filter(function(shown)
    return shown.message:find('no-such-copydesk', 1, true)
  end, T.notified)
  T.equal(#about, 1, 'one message says what is missing: ' .. vim.inspect(T.notified))
  T.equal(#T.notified, 1, 'and nothing else is said')

  vim.cmd('silent checkhealth copydesk')
  local report = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  assert(report:find('ERROR', 1, true) and report:find('no program `no-such-copydesk`', 1, true), report)
  vim.cmd('bwipeout!')

  -- Once it is there, a restart is enough.
  T.binary = binary
  T.start()
  vim.cmd('CopydeskRestart')
  T.expect({ '0:5-0:18 ERROR dangling-attribution' }, 'the program was found', vim.fn.bufnr('two.md'))
end)
