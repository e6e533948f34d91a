-- `:checkhealth copydesk`.

local client = require('copydesk.client')
local copydesk = require('copydesk')

local M = {}

-- The names before 0.10 were longer, and before 0.8 the module was elsewhere.
local health = vim.health or require('health')
local start = health.start or health.report_start
local ok = health.ok or health.report_ok
local warn = health.warn or health.report_warn
local failed = health.error or health.report_error
local info = health.info or health.report_info

--- Whether the program is there and answers.
local function check_program()
  local program = copydesk.program()
  if vim.fn.executable(program) == 0 then
    failed(('There is no program `%s`.'):format(program), {
      'Install it: `cargo install --path .` in a checkout of copydesk.',
      "Or say where it is: require('copydesk').setup({ cmd = { '/path/to/copydesk', 'server', '--stdio' } })",
    })
    return false
  end
  local output, answered = copydesk.run({ '--version' })
  if not answered then
    failed(('`%s --version` fails: %s'):format(program, vim.trim(output)))
    return false
  end
  ok(('%s (%s)'):format(vim.trim(output), vim.fn.exepath(program)))
  return true
end

local function check_neovim()
  local version = vim.version()
  local text = ('Neovim %d.%d.%d'):format(version.major, version.minor, version.patch)
  if vim.fn.has('nvim-0.7') == 0 then
    return failed(text .. ' is too old: copydesk needs 0.7')
  end
  ok(text)
  local enabled = vim.lsp.is_enabled and vim.lsp.is_enabled(client.name)
  if not copydesk.options and not enabled then
    local advice = { "Call require('copydesk').setup() in your configuration." }
    if vim.lsp.enable then
      table.insert(advice, "Or vim.lsp.enable('copydesk').")
    end
    warn('copydesk is not set up, so no draft is checked.', advice)
  end
end

--- The folders whose settings count: those of the clients, or else the current one.
local function folders()
  local out = {}
  for _, running in ipairs(client.clients()) do
    table.insert(out, running.config.root_dir)
  end
  return #out > 0 and out or { vim.fn.getcwd() }
end

local function check_clients()
  local running = client.clients()
  if #running == 0 then
    info('No server is running. One starts with the first draft: a Markdown, plain text or HTML file.')
  end
  for _, server in ipairs(running) do
    local pulled = server.server_capabilities.diagnosticProvider and 'pulled' or 'pushed'
    local message = 'Client %d serves %d open draft(s) below %s; findings are %s, columns count in %s.'
    local root = server.config.root_dir or 'no folder'
    ok(message:format(server.id, #client.drafts(server), root, pulled, server.offset_encoding))
  end
end

local function check_settings()
  for _, folder in ipairs(folders()) do
    local found = client.root(folder .. '/.', { 'copydesk.toml' })
    if not found then
      info(('No copydesk.toml at or above %s: the defaults and the editor\'s settings hold.'):format(folder))
    else
      local file = found .. '/copydesk.toml'
      local output, valid = copydesk.run({ 'check', '--config', file, '-' }, '')
      if valid then
        ok(file .. ' is valid')
      else
        failed(vim.trim(output), { 'Mend the file; until then the settings before stay in force.' })
      end
    end
  end
end

function M.check()
  start('copydesk: the program')
  local installed = check_program()
  start('copydesk: Neovim')
  check_neovim()
  check_clients()
  if installed then
    start('copydesk: settings files')
    check_settings()
  end
end

return M
