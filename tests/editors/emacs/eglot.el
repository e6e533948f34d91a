;;; Findings in Emacs with eglot, as editors/README.md sets it up. Run by tests/editors_neovim.rs in an empty folder.

(require 'package)
(package-initialize)
(require 'eglot)
(require 'flymake)
(require 'cl-lib)

(setq eglot-sync-connect 20)

(defun test-fail (format &rest values)
  "End Emacs with what went wrong and what was said to the server."
  (princ (concat (apply #'format format values) "\n"))
  (let ((server (eglot-current-server)))
    (when server
      (princ (with-current-buffer (jsonrpc-events-buffer server) (buffer-string)))))
  (kill-emacs 1))

(defun test-findings ()
  "The findings as (START END TYPE FIRST-LINE), in order."
  (mapcar (lambda (found)
            (list (flymake-diagnostic-beg found)
                  (flymake-diagnostic-end found)
                  (flymake-diagnostic-type found)
                  (car (split-string (flymake-diagnostic-text found) "\n"))))
          (sort (flymake-diagnostics)
                (lambda (a b) (< (flymake-diagnostic-beg a) (flymake-diagnostic-beg b))))))

(defun test-expect (what wanted)
  "Wait until as many findings are there as WANTED, and compare them."
  (let ((rounds 0))
    (while (and (< rounds 400) (/= (length (flymake-diagnostics)) (length wanted)))
      (accept-process-output nil 0.05)
      (setq rounds (1+ rounds))))
  (let ((found (test-findings)))
    (unless (equal (mapcar #'butlast found) wanted)
      (test-fail "%s: wanted %S, got %S" what wanted found))))

(defun test-change-announced ()
  "Tell the server of edits, as the idle timer does that a batch Emacs lacks."
  (eglot--signal-textDocument/didChange))

;; What editors/README.md says to put into the configuration.
(load (expand-file-name "editors/emacs/copydesk.el" (getenv "COPYDESK_CHECKOUT")))
(setq copydesk-command (list (getenv "COPYDESK_BIN") "server" "--stdio"))

;; Text modes of other things keep their own servers, or none; drafts have copydesk.
(defun test-contact (mode)
  "What eglot would start for a file in MODE."
  (with-temp-buffer
    (setq buffer-file-name (expand-file-name "any"))
    (delay-mode-hooks (funcall mode))
    (let* ((found (eglot--lookup-mode major-mode))
           (contact (if (functionp (cdr found)) (cdr found) (car (last found)))))
      (set-buffer-modified-p nil)
      (if (eq contact 'copydesk--contact) (funcall contact) contact))))
(dolist (mode '(latex-mode tex-mode nxml-mode org-mode outline-mode))
  (when (equal (test-contact mode) copydesk-command)
    (test-fail "copydesk takes %s" mode)))
(dolist (mode '(text-mode html-mode mhtml-mode))
  (unless (equal (test-contact mode) copydesk-command)
    (test-fail "copydesk does not take %s" mode)))
(unless (eglot--lookup-mode 'latex-mode) (test-fail "LaTeX has a server of its own"))

;; The hook of `text-mode' runs in all of them.
(dolist (case '((text-mode . 1) (mhtml-mode . 1) (latex-mode . 0) (org-mode . 0)))
  (let ((started 0))
    (cl-letf (((symbol-function 'eglot-ensure) (lambda () (setq started (1+ started)))))
      (with-temp-buffer
        (let ((text-mode-hook '(copydesk-ensure))) (funcall (car case)))))
    (unless (= started (cdr case))
      (test-fail "copydesk is started %s times in %s" started (car case)))))

(defconst test-draft "The ferry 🛳 is late, according to. The crew waits.\n")

(with-temp-file "draft.txt" (insert test-draft))
(find-file "draft.txt")
(text-mode)
(let ((noninteractive nil)) (call-interactively 'eglot))
(unless (eglot-current-server) (test-fail "eglot did not start"))
(flymake-mode 1)
(flymake-start)
;; The emoji is one character of Emacs and two of UTF-16.
(test-expect "a draft" '((22 35 eglot-error)))

(goto-char 34)
(insert " Ines Calder")
(test-change-announced)
(test-expect "after the source was named" '())

;; Another text mode of the project is let go, where eglot gives it to the server at all.
(with-temp-file "notes.org" (insert test-draft))
(find-file "notes.org")
(when (eglot-managed-p) (test-fail "copydesk serves notes.org"))

(princ (format "Emacs %s is served\n" emacs-version))
(kill-emacs 0)
