;;; copydesk.el --- News copy linted while you write  -*- lexical-binding: t; -*-

;; Tells eglot of copydesk's language server.  Eglot is part of Emacs 29 and later, and a package for 26.3 to 28.

;;; Code:

(require 'eglot)

(defgroup copydesk nil
  "A linter for news copy."
  :group 'tools)

(defcustom copydesk-command '("copydesk" "server" "--stdio")
  "The command that runs the language server."
  :type '(repeat string))

(defun copydesk--contact (&rest _)
  "The command, looked up when a server starts."
  copydesk-command)

(add-to-list 'eglot-server-programs '((markdown-mode text-mode html-mode) . copydesk--contact))

(provide 'copydesk)
;;; copydesk.el ends here
