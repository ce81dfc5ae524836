autocmd BufNewFile,BufRead *.csdl setfiletype csdl
