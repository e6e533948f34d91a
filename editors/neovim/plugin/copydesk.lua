-- The commands. Nothing is loaded before one of them is used, or a server is wanted.
if vim.g.loaded_copydesk then
  return
end
vim.g.loaded_copydesk = true

local function command(name, run, options)
  vim.api.nvim_create_user_command(name, run, options)
end

command('CopydeskFixAll', function()
  require('copydesk').fix_all()
end, { desc = 'Apply every safe fix to this draft' })

command('CopydeskExplain', function(given)
  require('copydesk').explain(given.args ~= '' and given.args or nil)
end, {
  desc = 'Explain a rule, or that of the finding under the cursor',
  nargs = '?',
  complete = function(lead)
    return require('copydesk').rules(lead)
  end,
})

command('CopydeskRestart', function()
  require('copydesk').restart()
end, { desc = 'Start the language server anew' })

command('CopydeskLog', function()
  require('copydesk').log()
end, { desc = 'Show what the language server said' })

-- Neovim 0.11 does not tell the writer that an enabled server is missing.
vim.api.nvim_create_autocmd('FileType', {
  group = vim.api.nvim_create_augroup('copydesk.missing', {}),
  callback = function(event)
    local enabled = vim.lsp.is_enabled and vim.lsp.is_enabled('copydesk')
    local config = enabled and vim.lsp.config.copydesk
    if config and vim.tbl_contains(config.filetypes or {}, event.match) then
      require('copydesk.client').is_installed(config.cmd)
    end
  end,
})
