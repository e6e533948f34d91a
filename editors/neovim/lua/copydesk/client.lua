-- The client's side of the language server: what it can do, what it answers, and how it starts before Neovim 0.11.

local M = {}

--- The name of the server's clients.
M.name = 'copydesk'

--- How many lines of the log are kept.
local LOG_LINES = 1000

--- Milliseconds that settings files rest before the server is told that they changed: editors write in several steps.
local WATCH_REST = 100

local FILE_CHANGED = 2

--- The name of a settings file.
local SETTINGS = 'copydesk.toml'

local levels = { 'error', 'warning', 'info', 'log' }

--- @type string[] What the servers logged, oldest first.
M.messages = {}

--- @type table<integer, table> The watcher of each client's folder.
local watchers = {}

--- @type table<integer, integer[]> The namespaces of each client's findings.
local spaces = {}

--- @type table<string, integer> The client of each folder, for Neovim before 0.11; '' stands for no folder.
local started = {}

--- Calls a method of a client, which took no `self` before 0.11.
function M.call(client, method, ...)
  if vim.fn.has('nvim-0.11') == 1 then
    return client[method](client, ...)
  end
  return client[method](...)
end

--- The running clients, or those of a buffer.
--- @param bufnr integer|nil
function M.clients(bufnr)
  local get = vim.lsp.get_clients or vim.lsp.get_active_clients
  return vim.tbl_filter(function(client)
    return client.name == M.name and (not bufnr or vim.lsp.buf_is_attached(bufnr, client.id))
  end, get())
end

--- Whether a buffer holds a settings file, which the server is shown too.
function M.is_settings(bufnr)
  return vim.fn.fnamemodify(vim.api.nvim_buf_get_name(bufnr), ':t') == SETTINGS
end

--- The drafts of a client.
function M.drafts(client)
  return vim.tbl_filter(function(bufnr)
    local attached = vim.api.nvim_buf_is_loaded(bufnr) and vim.lsp.buf_is_attached(bufnr, client.id)
    return attached and not M.is_settings(bufnr)
  end, vim.api.nvim_list_bufs())
end

--- Whether the server's program is there; says so once where it is not.
--- @param cmd string[]|function
function M.is_installed(cmd)
  if type(cmd) ~= 'table' or vim.fn.executable(cmd[1]) == 1 then
    return true
  end
  local message = 'copydesk: there is no program `%s`. Install it with `cargo install --path .` in a checkout of copydesk, '
    .. 'or set `cmd`, then run :CopydeskRestart. :checkhealth copydesk says more.'
  vim.notify_once(message:format(cmd[1]), vim.log.levels.WARN)
  return false
end

--- The command by which the server has a settings file saved that an action of it changed.
local SAVE = 'copydesk.save'

--- What the client can do: Neovim's own capabilities, edits with versions and of new files, which it applies without saying
--- so, to pull findings again when it is told to, and to save settings.
function M.capabilities(extra)
  local own = vim.lsp.protocol.make_client_capabilities()
  own.workspace.workspaceEdit = own.workspace.workspaceEdit or {}
  own.workspace.workspaceEdit.documentChanges = true
  own.experimental = { commands = { commands = { SAVE } } }
  if own.textDocument.diagnostic then
    own.workspace.diagnostics = { refreshSupport = true }
  end
  return vim.tbl_deep_extend('force', own, extra or {})
end

M.commands = {}

--- Saves settings files: only what is on disk takes effect.
M.commands[SAVE] = function(command)
  for _, uri in ipairs(command.arguments) do
    local bufnr = vim.uri_to_bufnr(uri)
    local ok, problem = pcall(vim.api.nvim_buf_call, bufnr, function()
      vim.cmd('silent update')
    end)
    if not ok then
      local name = vim.fn.fnamemodify(vim.uri_to_fname(uri), ':~:.')
      vim.notify(('copydesk: %s is changed but not saved. %s'):format(name, problem), vim.log.levels.WARN)
    end
  end
end

M.handlers = {}

M.handlers['window/logMessage'] = function(_, result, ctx)
  for line in vim.gsplit(result.message, '\n') do
    table.insert(M.messages, ('%s %d %s: %s'):format(os.date('%H:%M:%S'), ctx.client_id, levels[result.type] or 'log', line))
  end
  while #M.messages > LOG_LINES do
    table.remove(M.messages, 1)
  end
end

--- Asks for the findings of a buffer, if its client asks at all. A server that is about to end may refuse.
local function pull(client, bufnr)
  local method = 'textDocument/diagnostic'
  if not client.server_capabilities.diagnosticProvider then
    return
  end
  local params = { textDocument = vim.lsp.util.make_text_document_params(bufnr) }
  M.call(client, 'request', method, params, function(err, ...)
    if not err then
      (client.handlers[method] or vim.lsp.handlers[method])(err, ...)
    end
  end, bufnr)
end

-- Neovim 0.11 pulls findings after edits alone. The server says when they change without one: the writer paused, saved, or
-- changed settings.
M.handlers['workspace/diagnostic/refresh'] = function(_, _, ctx)
  local client = vim.lsp.get_client_by_id(ctx.client_id)
  for _, bufnr in ipairs(client and M.drafts(client) or {}) do
    pull(client, bufnr)
  end
  return vim.NIL
end

--- The namespaces of a client's findings: those that are pushed and, if it pulls, those that are pulled.
local function namespaces(client)
  local get, provider = vim.lsp.diagnostic.get_namespace, client.server_capabilities.diagnosticProvider
  if not provider then
    return { get(client.id) }
  end
  local pulled = vim.fn.has('nvim-0.12') == 1 and (provider.identifier or 'nil') or true
  return { get(client.id), get(client.id, pulled) }
end

--- A message's first line says what is wrong; why, and what to do, is for the float.
local function first_line(diagnostic)
  return (diagnostic.message:match('^[^\n]*'))
end

--- Virtual text as the writer has set it for all diagnostics, with the first line alone.
local function virtual_text(namespace, bufnr)
  local wanted = vim.diagnostic.config().virtual_text
  if type(wanted) == 'function' then
    wanted = wanted(namespace, bufnr)
  end
  if not wanted then
    return false
  end
  return vim.tbl_extend('keep', type(wanted) == 'table' and wanted or {}, { format = first_line })
end

--- Tells a client that settings files changed.
local function tell_of(client, path)
  local change = { uri = vim.uri_from_fname(path), type = FILE_CHANGED }
  M.call(client, 'notify', 'workspace/didChangeWatchedFiles', { changes = { change } })
end

--- Watches the settings files of a client's folder where Neovim does not.
local function watch(client)
  local own = vim.lsp.protocol.make_client_capabilities().workspace.didChangeWatchedFiles
  local root = client.config.root_dir
  if not root or own and own.dynamicRegistration then
    return
  end
  local event, timer = vim.loop.new_fs_event(), vim.loop.new_timer()
  watchers[client.id] = { event, timer }
  event:start(root, {}, function(err, name)
    if err or not name or not name:match('%.toml$') then
      return
    end
    timer:start(WATCH_REST, 0, vim.schedule_wrap(function()
      if watchers[client.id] then
        tell_of(client, root .. '/' .. name)
      end
    end))
  end)
end

--- The clients whose drafts stand under a settings file, as far as their folders tell: the one of its own folder, or else
--- of a folder around it, or else those below; of those that have no folder, all.
local function clients_under(folder)
  local own, around, below, nowhere = {}, {}, {}, {}
  for _, client in ipairs(M.clients()) do
    local root = client.config.root_dir
    local kind = not root and nowhere
      or root == folder and own
      or vim.startswith(folder, root .. '/') and around
      or vim.startswith(root, folder .. '/') and below
      or {}
    table.insert(kind, client)
  end
  table.sort(around, function(a, b)
    return #a.config.root_dir > #b.config.root_dir
  end)
  for _, kind in ipairs({ own, { around[1] }, below }) do
    if #kind > 0 then
      return kind
    end
  end
  return nowhere
end

--- Shows the server a settings file that is open, so that it can be changed by an action as it is, saved or not.
local function show_settings(bufnr)
  if not M.is_settings(bufnr) or not vim.api.nvim_buf_is_loaded(bufnr) or vim.bo[bufnr].buftype ~= '' then
    return
  end
  local folder = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(bufnr), ':p:h')
  for _, client in ipairs(clients_under(folder)) do
    if not vim.lsp.buf_is_attached(bufnr, client.id) then
      vim.lsp.buf_attach_client(bufnr, client.id)
    end
  end
end

--- What the clients do as the writer goes on.
local function listen()
  local group = vim.api.nvim_create_augroup('copydesk.client', {})
  vim.api.nvim_create_autocmd('BufWritePost', {
    group = group,
    pattern = '*.toml',
    callback = function(event)
      local path = vim.fn.fnamemodify(event.match, ':p')
      for _, client in ipairs(M.clients()) do
        tell_of(client, path)
      end
    end,
  })
  vim.api.nvim_create_autocmd({ 'BufReadPost', 'BufNewFile' }, {
    group = group,
    pattern = SETTINGS,
    callback = function(event)
      show_settings(event.buf)
    end,
  })
  -- A draft that was opened out of sight was not pulled.
  vim.api.nvim_create_autocmd('BufWinEnter', {
    group = group,
    callback = function(event)
      for _, client in ipairs(M.clients(event.buf)) do
        pull(client, event.buf)
      end
    end,
  })
end

--- What every client of the server does once the server answers.
function M.on_init(client)
  -- Neovim 0.7 knows the client by its name only after this.
  vim.schedule(function()
    spaces[client.id] = namespaces(client)
    for _, namespace in ipairs(spaces[client.id]) do
      vim.diagnostic.config({ virtual_text = virtual_text }, namespace)
    end
    for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
      show_settings(bufnr)
    end
  end)
  watch(client)
  listen()
  if vim.fn.has('nvim-0.8') == 0 and client.config.settings then
    client.notify('workspace/didChangeConfiguration', { settings = client.config.settings })
  end
end

--- Leaves nothing of a client that ended: no watcher, and no findings.
function M.on_exit(_, _, client_id)
  for _, handle in ipairs(watchers[client_id] or {}) do
    handle:stop()
    handle:close()
  end
  local left = spaces[client_id] or {}
  watchers[client_id], spaces[client_id] = nil, nil
  vim.schedule(function()
    for _, namespace in ipairs(left) do
      vim.diagnostic.reset(namespace)
    end
  end)
end

--- The nearest folder above a file that holds one of the markers; an earlier marker counts before a later one.
--- @param file string
--- @param markers string[]
function M.root(file, markers)
  for _, marker in ipairs(markers) do
    local folder, above = nil, vim.fn.fnamemodify(file, ':p:h')
    while folder ~= above do
      folder = above
      if vim.loop.fs_stat(folder .. '/' .. marker) then
        return folder
      end
      above = vim.fn.fnamemodify(folder, ':h')
    end
  end
end

--- Starts a client for a buffer, or attaches the one that serves its folder. For Neovim before 0.11.
--- @param bufnr integer
--- @param config table as `vim.lsp.config` takes it
function M.attach(bufnr, config)
  if vim.bo[bufnr].buftype ~= '' or not M.is_installed(config.cmd) then
    return
  end
  local name = vim.api.nvim_buf_get_name(bufnr)
  local root = M.root(name ~= '' and name or vim.fn.getcwd() .. '/.', config.root_markers)
  local id = started[root or '']
  if not id or not vim.lsp.get_client_by_id(id) then
    id = vim.lsp.start_client(vim.tbl_extend('force', config, { name = M.name, root_dir = root }))
    started[root or ''] = id
  end
  return id and vim.lsp.buf_attach_client(bufnr, id)
end

--- Detaches a buffer that is no draft any more.
function M.detach(bufnr)
  for _, client in ipairs(M.clients(bufnr)) do
    vim.lsp.buf_detach_client(bufnr, client.id)
  end
end

return M
