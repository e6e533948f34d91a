;;; Findings in Emacs with eglot, as editors/README.md sets it up. Run by tests/editors_neovim.rs in an empty folder.

(require 'package)
(package-initialize)
(require 'eglot)
(require 'flymake)

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

(princ (format "Emacs %s is served\n" emacs-version))
(kill-emacs 0)
