" Syntax of CSDL, the language of Historics' rules
if exists('b:current_syntax')
  finish
endif

syntax case ignore
syntax sync minlines=200

" Where several items match at the same place, the one that is defined last wins.
syntax match csdlBadSign "[=!<>~&|;]\+"
syntax match csdlSign "==\|!=\|<=\|>=\|<\|>"
syntax match csdlBadSign "<>\|===\+\|!==\+\|=[<>~]"
syntax match csdlBadQuote "['`‘’“”„«»]"

syntax match csdlTarget "\<[a-z0-9_]\+\%(\.[a-z0-9_]\+\)\+\>"
syntax match csdlNumber "\%([a-z0-9_.]\)\@1<![+-]\=\%(\d\+\%(\.\d*\)\=\|\.\d\+\)\%(e[+-]\=\d\+\)\=\%([a-z0-9_.]\)\@!"

syntax match csdlLogic "\<\%(and\|or\|not\)\>\.\@!"
syntax match csdlCase "\<\%(cs\)\>\.\@!"
syntax match csdlReference "\<\%(stream\|rule\)\>\.\@!"
syntax match csdlReturn "\<\%(return\)\>\.\@!"
syntax match csdlTag "\<\%(tag\|tags\)\>[.]\@!"
syntax match csdlTag "\<\%(tag\|tags\)\ze\%(\.[a-z_-]\+\)\+[a-z0-9_.-]\@!" nextgroup=csdlNamespace
syntax match csdlNamespace "\%(\.[a-z_-]\+\)\+" contained
syntax match csdlOperator "\<\%(all\|any\|contains\|contains_all\|contains_any\|contains_near\|contains_phrase\|contains_substr\|contains_word\|exists\|geo_box\|geo_polygon\|geo_radius\|in\|near\|regex_exact\|regex_partial\|substr\|url_in\|wild\|wildcard\)\>\.\@!"

syntax region csdlBrackets start="\[" end="\]" contains=csdlModifier,csdlSet,csdlNumber,csdlComment
syntax match csdlModifier "\<\%(drop\|keep\|language\)\>" contained
syntax match csdlSet "\<\%(default\|classic\|extended\|zh\|ja\|none\)\>" contained
syntax match csdlSet "\<[clmnpsz][a-z]\=\>" contained

syntax region csdlText start=+"+ skip=+\\.+ end=+"+ contains=csdlBadEscape,csdlEscape
syntax match csdlBadEscape "\\." contained
syntax match csdlEscape +\\[\\"',:*?nrt]+ contained

syntax match csdlComment "//.*$" contains=csdlTodo,@Spell
syntax region csdlComment start="/\*" end="\*/" contains=csdlTodo,@Spell
syntax keyword csdlTodo TODO FIXME XXX contained

highlight default link csdlBadSign Error
highlight default link csdlBadQuote Error
highlight default link csdlBadEscape Error
highlight default link csdlSign Operator
highlight default link csdlOperator Operator
highlight default link csdlTarget Identifier
highlight default link csdlNumber Number
highlight default link csdlLogic Conditional
highlight default link csdlCase StorageClass
highlight default link csdlReference Include
highlight default link csdlReturn Statement
highlight default link csdlTag Statement
highlight default link csdlNamespace Type
highlight default link csdlModifier Function
highlight default link csdlSet Constant
highlight default link csdlText String
highlight default link csdlEscape SpecialChar
highlight default link csdlComment Comment
highlight default link csdlTodo Todo

let b:current_syntax = 'csdl'
