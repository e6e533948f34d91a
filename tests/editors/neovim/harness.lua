-- What the tests in Neovim share. Neovim runs in an empty folder, and one test file a process; `tests/editors_neovim.rs`
-- starts it and reads the status.

local T = {}

--- Milliseconds that anything may take. A machine that runs all tests at once is slow.
local PATIENCE = 20000

--- How the plugin is used: `setup` or, from Neovim 0.11, `enable`.
T.way = assert(os.getenv('COPYDESK_WAY'), 'COPYDESK_WAY is not set')

--- The program under test.
T.binary = assert(os.getenv('COPYDESK_BIN'), 'COPYDESK_BIN is not set')

T.modern = vim.fn.has('nvim-0.11') == 1

--- Notifications that were shown.
T.notified = {}

vim.notify = function(message, level)
  table.insert(T.notified, { message = message, level = level })
end

--- Findings that were pushed, by name of the file.
T.pushed = {}

local publish = vim.lsp.handlers['textDocument/publishDiagnostics']
vim.lsp.handlers['textDocument/publishDiagnostics'] = function(err, result, ...)
  local name = vim.fn.fnamemodify(vim.uri_to_fname(result.uri), ':t')
  T.pushed[name] = (T.pushed[name] or 0) + 1
  return publish(err, result, ...)
end

function T.write(name, text)
  vim.fn.mkdir(vim.fn.fnamemodify(name, ':h'), 'p')
  local file = assert(io.open(name, 'w'))
  file:write(text)
  file:close()
end

function T.equal(got, wanted, what)
  if not vim.deep_equal(got, wanted) then
    error(('%s\nwanted %s\ngot    %s'):format(what, vim.inspect(wanted), vim.inspect(got)), 2)
  end
end

--- Waits until a function returns something true, and returns that.
function T.wait(what, reached)
  local result
  local ok = vim.wait(PATIENCE, function()
    result = reached()
    return result
  end, 10)
  if not ok then
    error('waited in vain: ' .. what .. '\nfindings: ' .. vim.inspect(T.findings()), 2)
  end
  return result
end

--- Sets copydesk up the way under test.
function T.start(settings)
  local cmd = { T.binary, 'server', '--stdio' }
  if T.way == 'setup' then
    require('copydesk').setup({ cmd = cmd, settings = settings })
  else
    vim.lsp.config('copydesk', { cmd = cmd, settings = settings and { copydesk = settings } })
    vim.lsp.enable('copydesk')
  end
end

function T.open(name)
  vim.cmd('edit ' .. name)
  return vim.api.nvim_get_current_buf()
end

--- The findings of a buffer in order, each as `line:column-line:column severity rule`: lines from 0, columns in bytes.
function T.findings(bufnr)
  local out = {}
  local found = vim.diagnostic.get(bufnr or 0)
  table.sort(found, function(a, b)
    return a.lnum < b.lnum or a.lnum == b.lnum and a.col < b.col
  end)
  for _, d in ipairs(found) do
    local severity = vim.diagnostic.severity[d.severity]
    table.insert(out, ('%d:%d-%d:%d %s %s'):format(d.lnum, d.col, d.end_lnum, d.end_col, severity, d.code or '-'))
  end
  return out
end

--- Waits until a buffer has these findings and no others.
function T.expect(wanted, what, bufnr)
  local reached = vim.wait(PATIENCE, function()
    return vim.deep_equal(T.findings(bufnr), wanted)
  end, 10)
  if not reached then
    error(('%s\nwanted %s\ngot    %s'):format(what, vim.inspect(wanted), vim.inspect(T.findings(bufnr))), 2)
  end
end

function T.client(bufnr)
  return T.wait('a client', function()
    local client = require('copydesk.client').clients(bufnr or 0)[1]
    return client and client.server_capabilities and client
  end)
end

--- Asks for the actions at the cursor as Neovim's own function does, and applies the one whose title starts so.
function T.act(title)
  local offered
  vim.ui.select = function(items, _, choose)
    offered = {}
    for number, item in ipairs(items) do
      -- Its shape changed from version to version.
      local action = item.action or item[2] or item
      table.insert(offered, action.title)
      if vim.startswith(action.title, title) then
        choose(item, number)
      end
    end
  end
  vim.lsp.buf.code_action()
  T.wait('code actions', function()
    return offered
  end)
  return offered
end

function T.at(line, column)
  vim.api.nvim_win_set_cursor(0, { line + 1, column })
end

--- Asks the server and returns what it answers.
function T.ask(method, params)
  local client = T.client()
  -- By its number: Neovim sends edits that wait only where it knows the buffer by that.
  local bufnr = vim.api.nvim_get_current_buf()
  local answer = require('copydesk.client').call(client, 'request_sync', method, params, PATIENCE, bufnr)
  if not answer or answer.err then
    error(method .. ' failed: ' .. vim.inspect(answer), 2)
  end
  return answer.result
end

function T.line(number)
  return vim.api.nvim_buf_get_lines(0, number, number + 1, true)[1]
end

local function finish(test)
  local ok, problem = xpcall(test, debug.traceback)
  local messages = vim.fn.execute('messages')
  if ok and (messages:find('Error', 1, true) or messages:find('E%d+:')) then
    ok, problem = false, 'Neovim reported: ' .. messages
  end
  if ok then
    vim.cmd('qall!')
  end
  io.stdout:write(problem .. '\nnotified: ' .. vim.inspect(T.notified) .. '\n')
  for _, line in ipairs(require('copydesk.client').messages) do
    io.stdout:write('server: ' .. line .. '\n')
  end
  vim.cmd('cquit 1')
end

--- Runs a test once Neovim has started, and ends Neovim with its status.
function T.run(test)
  vim.api.nvim_create_autocmd('VimEnter', {
    once = true,
    callback = vim.schedule_wrap(function()
      finish(test)
    end),
  })
end

return T
