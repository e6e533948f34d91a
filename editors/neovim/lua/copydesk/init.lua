-- copydesk for Neovim: findings while you write. `:help copydesk` documents it.

local client = require('copydesk.client')

local M = {}

--- The kind of the code action that applies every safe fix.
local FIX_ALL = 'source.fixAll.copydesk'

--- Milliseconds that a client has to end before it is made to.
local END_PATIENCE = 2000

local defaults = {
  cmd = { 'copydesk', 'server', '--stdio' },
  filetypes = { 'markdown', 'text', 'html' },
  root_markers = { 'copydesk.toml', '.git' },
  settings = {},
}

--- What `setup()` came to; nil before.
M.options = nil

local function has(version)
  return vim.fn.has('nvim-' .. version) == 1
end

--- The section as the server reads it. An empty table of Lua would arrive as a list.
local function section(settings)
  local out = vim.empty_dict()
  for key, value in pairs(settings) do
    out[key] = type(value) == 'table' and vim.tbl_isempty(value) and vim.empty_dict() or value
  end
  return { copydesk = out }
end

--- The configuration of the client: ours, and over it what the writer gave.
local function config(options)
  local settings = section(options.settings)
  return {
    cmd = options.cmd,
    filetypes = options.filetypes,
    root_markers = options.root_markers,
    settings = settings,
    init_options = settings,
    capabilities = client.capabilities(options.capabilities),
    handlers = vim.tbl_extend('force', client.handlers, options.handlers or {}),
    commands = client.commands,
    on_init = client.on_init,
    on_exit = client.on_exit,
    on_attach = options.on_attach and function(attached, bufnr)
      if not client.is_settings(bufnr) then
        options.on_attach(attached, bufnr)
      end
    end,
  }
end

--- Serves drafts as they are opened, and those that are open. For Neovim before 0.11.
local function attach_by_filetype(options)
  local function serve(bufnr)
    if vim.tbl_contains(options.filetypes, vim.bo[bufnr].filetype) then
      client.attach(bufnr, config(M.options))
    else
      client.detach(bufnr)
    end
  end
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('copydesk', {}),
    callback = function(event)
      serve(event.buf)
    end,
  })
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(bufnr) then
      serve(bufnr)
    end
  end
end

--- Starts copydesk for drafts. May be called again with other options.
--- @param options table|nil `:help copydesk-setup`
function M.setup(options)
  M.options = vim.tbl_deep_extend('force', defaults, options or {})
  -- Lists are replaced, not merged.
  for _, list in ipairs({ 'cmd', 'filetypes', 'root_markers' }) do
    M.options[list] = (options or {})[list] or defaults[list]
  end
  client.is_installed(M.options.cmd)
  if has('0.11') then
    vim.lsp.config(client.name, config(M.options))
    vim.lsp.enable(client.name)
  else
    attach_by_filetype(M.options)
  end
  M.configure(M.options.settings)
end

--- Changes the settings of the running servers, and of those that start later.
--- @param settings table the keys of copydesk.toml, and `enable`
function M.configure(settings)
  if M.options then
    M.options.settings = settings
  end
  local given = section(settings)
  if has('0.11') then
    -- Assigned and not merged, so that a key that was taken out is gone.
    local before = vim.lsp.config[client.name] or {}
    vim.lsp.config[client.name] = vim.tbl_extend('force', before, { settings = given, init_options = given })
  end
  for _, running in ipairs(client.clients()) do
    running.config.settings, running.settings = given, given
    client.call(running, 'notify', 'workspace/didChangeConfiguration', { settings = given })
  end
end

--- The client that serves a buffer; says so where there is none.
local function serving(bufnr)
  local found = client.clients(bufnr)[1]
  if not found then
    vim.notify('copydesk: this buffer is not a draft that is checked; :checkhealth copydesk says why', vim.log.levels.WARN)
  end
  return found
end

--- Applies every safe fix to a draft.
--- @param bufnr integer|nil the current buffer if nil
function M.fix_all(bufnr)
  bufnr = bufnr or vim.api.nvim_get_current_buf()
  local server = serving(bufnr)
  if not server then
    return
  end
  local last = vim.api.nvim_buf_line_count(bufnr)
  local params = {
    textDocument = vim.lsp.util.make_text_document_params(bufnr),
    range = { start = { line = 0, character = 0 }, ['end'] = { line = last, character = 0 } },
    context = { diagnostics = {}, only = { FIX_ALL } },
  }
  local tick = vim.api.nvim_buf_get_changedtick(bufnr)
  client.call(server, 'request', 'textDocument/codeAction', params, function(err, actions)
    if not vim.api.nvim_buf_is_loaded(bufnr) then
      return
    elseif vim.api.nvim_buf_get_changedtick(bufnr) ~= tick then
      vim.notify('copydesk: the draft changed in the meantime. Try again.', vim.log.levels.WARN)
    elseif err then
      vim.notify('copydesk: ' .. err.message, vim.log.levels.ERROR)
    elseif not actions or not actions[1] then
      vim.notify('copydesk: there is nothing to fix without asking', vim.log.levels.INFO)
    else
      vim.lsp.util.apply_workspace_edit(actions[1].edit, server.offset_encoding)
    end
  end, bufnr)
end

--- Starts the servers anew, for the buffers that they serve and for drafts that none serves yet.
function M.restart()
  local stopped = client.clients()
  for _, running in ipairs(stopped) do
    client.call(running, 'stop')
  end
  local function ended()
    return #vim.tbl_filter(function(running)
      return vim.lsp.get_client_by_id(running.id) ~= nil
    end, stopped) == 0
  end
  if not vim.wait(END_PATIENCE, ended, 10) then
    for _, running in ipairs(stopped) do
      client.call(running, 'stop', true)
    end
    vim.wait(END_PATIENCE, ended, 10)
  end
  if has('0.11') then
    vim.lsp.enable(client.name)
  elseif M.options then
    attach_by_filetype(M.options)
  end
end

--- The program, which also answers on the command line.
function M.program()
  local cmd = M.options and M.options.cmd
  if not cmd and has('0.11') then
    cmd = (vim.lsp.config[client.name] or {}).cmd
  end
  return type(cmd) == 'table' and cmd[1] or defaults.cmd[1]
end

--- Runs the program; returns what it printed, and whether it succeeded.
function M.run(arguments, input)
  local ok, output = pcall(vim.fn.system, vim.list_extend({ M.program() }, arguments), input)
  return ok and output or tostring(output), ok and vim.v.shell_error == 0
end

--- The names of the rules that start so.
function M.rules(lead)
  local output, ok = M.run({ 'rules', '--format', 'json' })
  local names = {}
  for _, rule in ipairs(ok and vim.fn.json_decode(output) or {}) do
    if vim.startswith(rule.id, lead or '') then
      table.insert(names, rule.id)
    end
  end
  return names
end

--- The rule of the finding under the cursor, or else of the first in its line.
local function rule_here()
  local row, column = unpack(vim.api.nvim_win_get_cursor(0))
  local first
  for _, found in ipairs(vim.diagnostic.get(0, { lnum = row - 1 })) do
    if found.source == client.name and found.code then
      first = first or found.code
      if found.col <= column and (column < found.end_col or found.end_lnum > found.lnum) then
        return found.code
      end
    end
  end
  return first
end

--- Explains a rule in a window of its own.
--- @param rule string|nil the rule of the finding under the cursor if nil
function M.explain(rule)
  rule = rule or rule_here()
  if not rule then
    return vim.notify('copydesk: no finding in this line; :CopydeskExplain RULE names one', vim.log.levels.INFO)
  end
  local output, ok = M.run({ 'explain', rule })
  if not ok then
    return vim.notify('copydesk: ' .. vim.trim(output), vim.log.levels.WARN)
  end
  M.show('copydesk://explain/' .. rule, vim.split(vim.trim(output), '\n'))
end

--- Shows what the servers logged.
function M.log()
  local lines = vim.list_extend({}, client.messages)
  if #lines == 0 then
    lines = { 'The language server has said nothing yet.' }
  end
  M.show('copydesk://log', lines)
end

--- Shows lines in a scratch buffer below; `q` closes it.
function M.show(name, lines)
  local bufnr = vim.fn.bufnr('^' .. name .. '$')
  if bufnr == -1 then
    bufnr = vim.api.nvim_create_buf(false, true)
    vim.api.nvim_buf_set_name(bufnr, name)
    vim.bo[bufnr].bufhidden = 'wipe'
    vim.api.nvim_buf_set_keymap(bufnr, 'n', 'q', '<Cmd>close<CR>', { nowait = true, noremap = true })
  end
  vim.bo[bufnr].modifiable = true
  vim.api.nvim_buf_set_lines(bufnr, 0, -1, false, lines)
  vim.bo[bufnr].modifiable = false
  local window = vim.fn.bufwinid(bufnr)
  if window ~= -1 then
    return vim.api.nvim_set_current_win(window)
  end
  vim.cmd('botright ' .. math.min(#lines, math.floor(vim.o.lines / 2)) .. 'split')
  vim.api.nvim_win_set_buf(0, bufnr)
end

return M
