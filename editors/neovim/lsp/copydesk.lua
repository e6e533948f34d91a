-- What `vim.lsp.enable('copydesk')` of Neovim 0.11 starts. Override it with `vim.lsp.config('copydesk', { ... })`.
local client = require('copydesk.client')

return {
  cmd = { 'copydesk', 'server', '--stdio' },
  filetypes = { 'markdown', 'text', 'html' },
  root_markers = { 'copydesk.toml', '.git' },
  -- The keys of copydesk.toml, and `enable` = 'always' or 'configured'.
  settings = { copydesk = vim.empty_dict() },
  capabilities = client.capabilities(),
  handlers = client.handlers,
  commands = client.commands,
  on_init = client.on_init,
  on_exit = client.on_exit,
}
