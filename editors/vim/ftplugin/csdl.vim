" Settings for CSDL, the language of Historics' rules
if exists('b:did_ftplugin')
  finish
endif
let b:did_ftplugin = 1

setlocal comments=s1:/*,mb:*,ex:*/,://
setlocal commentstring=//\ %s
setlocal errorformat=%f:%l:%c:\ error:\ %m,%-G%.%#
setlocal makeprg=historics\ validate\ %:S

let b:undo_ftplugin = 'setlocal comments< commentstring< errorformat< makeprg<'
