;;; copydesk.el --- News copy linted while you write  -*- lexical-binding: t; -*-

;; Tells eglot of copydesk's language server.  Eglot is part of Emacs 29 and later, and a package for 26.3 to 28.

;; `text-mode' is the parent of modes for many other things: LaTeX, XML, Org.  Eglot looks servers up by parents too, and
;; Emacs runs the hooks of parents, so what is no draft is kept from both here.

;;; Code:

(require 'eglot)

(defgroup copydesk nil
  "A linter for news copy."
  :group 'tools)

(defcustom copydesk-command '("copydesk" "server" "--stdio")
  "The command that runs the language server."
  :type '(repeat string))

(defun copydesk--draft-p ()
  "Whether the buffer's major mode is one of drafts: plain text itself, Markdown and HTML in all their kinds."
  (or (eq major-mode 'text-mode)
      (derived-mode-p 'markdown-mode 'html-mode)))

(defun copydesk--contact (&rest _)
  "The command, looked up when a server starts; nil in what is no draft."
  (and (copydesk--draft-p) copydesk-command))

(defun copydesk-ensure ()
  "Start copydesk for a draft: for the hooks of major modes, where `eglot-ensure' would be run in derived modes too."
  (when (copydesk--draft-p)
    (eglot-ensure)))

(defun copydesk--let-go ()
  "Let go of what is no draft: newer eglots give a running server the buffers in derived modes of its project."
  (let ((server (and (eglot-managed-p) (eglot-current-server))))
    (when (and server
               (memq 'text-mode (eglot--major-modes server))
               (not (copydesk--draft-p)))
      (eglot--managed-mode-off))))

;; Eglot has servers of its own for Markdown and HTML, which come first unless copydesk does.  It has none for plain text:
;; there copydesk comes last, behind the servers of all derived modes.
(add-to-list 'eglot-server-programs '((markdown-mode html-mode) . copydesk--contact))
(add-to-list 'eglot-server-programs '(text-mode . copydesk--contact) t)
(add-hook 'eglot-managed-mode-hook #'copydesk--let-go)

(provide 'copydesk)
;;; copydesk.el ends here
