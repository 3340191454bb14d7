# O que o Ebb diz, em português do Brasil. O arquivo inglês tem as mesmas chaves e os
# mesmos argumentos. Uma mensagem diz o que houve; seu `.hint`, o que se pode tentar.

## What goes wrong with a file

failure-host-not-found = o nome do servidor não tem endereço
    .hint = verifique se há erro de digitação no endereço, e a rede
failure-resolve-failed = não foi possível resolver o nome do servidor
    .hint = verifique a rede e seus servidores de nomes e tente de novo
failure-refused = o servidor recusa a conexão
    .hint = verifique a porta no endereço ou tente mais tarde
failure-unreachable = o servidor não pode ser alcançado a partir desta rede
    .hint = verifique a conexão de rede e tente de novo
failure-connect-timeout = o servidor não aceitou a conexão a tempo
    .hint = tente mais tarde ou dê mais tempo (--connect-timeout)
failure-connect-failed = não foi possível abrir a conexão
    .hint = verifique a conexão de rede e tente de novo
failure-proxy = o proxy não pode ser usado
    .hint = verifique o endereço do proxy ou siga sem ele (--proxy none)
failure-proxy-authentication = o proxy pede usuário e senha
    .hint = informe-os no endereço do proxy: http://USUÁRIO:SENHA@SERVIDOR:PORTA
failure-certificate-expired = o certificado do servidor expirou
    .hint = verifique a data deste computador; se estiver certa, só o responsável pelo servidor pode ajudar
failure-certificate-not-yet-valid = o certificado do servidor ainda não é válido
    .hint = verifique a data deste computador; se estiver certa, só o responsável pelo servidor pode ajudar
failure-certificate-wrong-name = o certificado do servidor foi emitido para outro nome
    .hint = verifique o endereço: este pode não ser o servidor desejado
failure-certificate-unknown-issuer = o certificado do servidor vem de um emissor em que este computador não confia
    .hint = se conhecer o emissor, informe também o certificado dele (--cacert)
failure-certificate-revoked = o certificado do servidor foi revogado
    .hint = não confie neste servidor até que o responsável troque o certificado
failure-certificate-other = não se pode confiar no certificado do servidor
    .hint = verifique o endereço e avise o responsável pelo servidor
failure-tls-handshake = não foi possível combinar uma conexão segura
    .hint = verifique se o endereço e a porta usam https e tente de novo
failure-status-unauthorized = o servidor pede usuário e senha, ou outros (status HTTP { $status })
    .hint = informe usuário e senha (--user)
failure-status-forbidden = o servidor não permite este download (status HTTP { $status })
    .hint = o link pode ter expirado ou precisar de usuário ou cabeçalho: consiga um link novo
failure-status-not-found = esse arquivo não existe no servidor (status HTTP { $status })
    .hint = verifique o endereço ou procure um link mais recente
failure-status-gone = o arquivo foi removido do servidor (status HTTP { $status })
    .hint = procure um link mais recente
failure-status-legal = o servidor não pode fornecer este arquivo por motivos legais (status HTTP { $status })
    .hint = procure outra fonte
failure-status-too-many = o servidor recebe pedidos demais (status HTTP { $status })
    .hint = tente mais tarde, com menos conexões (-x 1)
failure-status-busy = o servidor está sobrecarregado ou em manutenção (status HTTP { $status })
    .hint = tente mais tarde
failure-status-timeout = o servidor se cansou de esperar (status HTTP { $status })
    .hint = tente mais tarde
failure-status-server = o próprio servidor está com um problema (status HTTP { $status })
    .hint = tente mais tarde
failure-status-refused = o servidor não aceita o pedido (status HTTP { $status })
    .hint = verifique o endereço e os cabeçalhos informados
failure-status-empty = o servidor responde sem nenhum arquivo (status HTTP { $status })
    .hint = verifique o endereço
failure-retry-after = tente de novo em { $time }: o servidor pede isso
failure-retry-at = tente de novo depois de { $moment }: o servidor pede isso
failure-too-many-redirects = o endereço leva adiante mais de dez vezes seguidas
    .hint = abra-o em um navegador e copie o endereço do próprio arquivo
failure-redirect-loop = o endereço leva de volta a si mesmo
    .hint = abra-o em um navegador e copie o endereço do próprio arquivo
failure-redirect-insecure = o servidor leva de um endereço seguro a um que não é
    .hint = se confiar nele mesmo assim, informe você mesmo o endereço http
failure-redirect-invalid = o servidor leva a um endereço que não dá em lugar nenhum
    .hint = abra-o em um navegador e copie o endereço do próprio arquivo
failure-bad-answer = a resposta do servidor não faz sentido
    .hint = verifique se há um servidor web neste endereço e tente de novo
failure-answer-timeout = o servidor recebeu o pedido e não respondeu a tempo
    .hint = tente mais tarde ou dê mais tempo (--stall-timeout)
failure-range-mismatch = o servidor enviou outra parte do arquivo, não a pedida
    .hint = tente com uma só conexão (-x 1)
failure-ranges-refused = o servidor não fornece mais partes do arquivo
    .hint = tente com uma só conexão (-x 1)
failure-range-not-satisfiable = o arquivo no servidor é menor do que o que já está aqui
    .hint = ele pode ter sido substituído: tente de novo para baixá-lo desde o início
failure-range-past-end = o arquivo no servidor tem só { $total }, menos do que já está aqui
    .hint = ele pode ter sido substituído: tente de novo para baixá-lo desde o início
failure-connection-lost = a conexão caiu antes do fim do arquivo
    .hint = tente de novo: continua a partir do que já está aqui
failure-stalled = faz tempo demais que não chega nenhum byte
    .hint = tente de novo ou dê mais tempo (--stall-timeout)
failure-unexpected-encoding = o servidor enviou o arquivo compactado, embora se tenha pedido que não
    .hint = tente outro endereço para o arquivo
failure-web-page = em vez do arquivo veio uma página da web
    .hint = abra o endereço em um navegador: ele pode pedir login, ou o link expirou
failure-source-changed = o arquivo no servidor não é mais aquele que foi começado
    .hint = tente de novo para baixar o novo desde o início
failure-disk-full = o disco está cheio
    .hint = libere espaço ou escolha outra pasta; o que está aqui fica
failure-disk-full-needed = o disco é pequeno demais: faltariam ainda { $needed }
    .hint = libere espaço ou escolha outra pasta
failure-disk-full-free = o disco é pequeno demais: faltariam ainda { $needed }, há { $free } livres
    .hint = libere espaço ou escolha outra pasta
failure-permission-denied = não é permitido gravar nesta pasta
    .hint = escolha outra pasta ou mude as permissões dela
failure-read-only = o disco é somente leitura
    .hint = escolha uma pasta em outro disco
failure-not-a-folder = uma parte do caminho da pasta é um arquivo
    .hint = escolha outra pasta
failure-destination-gone = a pasta sumiu durante o download
    .hint = traga de volta a pasta ou seu disco e tente de novo
failure-file-too-large = o arquivo é grande demais para o sistema de arquivos deste disco
    .hint = escolha uma pasta em outro disco
failure-disk = o disco informa um erro
    .hint = verifique o disco ou escolha uma pasta em outro
failure-name-conflict = já existe um arquivo com este nome
    .hint = escolha outro nome ou pasta, ou outra regra (--on-conflict)
failure-name-conflict-folder = já existe uma pasta com este nome
    .hint = escolha outro nome ou outra pasta
failure-in-use = outro download está gravando este arquivo
    .hint = espere por ele ou escolha outro nome ou pasta
failure-checksum-mismatch = o arquivo não é o esperado: o { $algorithm } dele é { $actual }, não { $expected }
    .hint = confira a soma informada; se estiver certa, não use este arquivo e baixe-o de outro lugar
failure-no-progress = nada chegou durante { $time }; por último: { $last }
failure-store = não foi possível gravar os registros do próprio Ebb
    .hint = libere espaço no disco da pasta de dados do Ebb e verifique as permissões
failure-credentials-needed = o usuário, a senha ou um cabeçalho precisam ser informados de novo
    .hint = comece o download de novo com eles

## What a command is refused for

refusal-not-found = não há nada com este identificador
    .hint = veja o que há: ebb list
refusal-ambiguous = vários identificadores começam assim
    .hint = informe mais do identificador
refusal-already-exists = este identificador já está em uso
    .hint = escolha outro, ou nenhum
refusal-empty = não há nada dentro
    .hint = adicione antes uma URL
refusal-wrong-state = isso não pode ser feito neste estado: { $state }
    .hint = veja antes o estado
refusal-not-supported = isso não está disponível
    .hint = veja o que está: ebb help
refusal-invalid = esse valor não pode ser aceito
    .hint = veja quais podem: ebb help

## Ebb itself cannot start

start-store = o banco de dados do Ebb { $path } não pode ser usado
    .hint = verifique as permissões da pasta e seu disco; uma versão mais nova do Ebb pode tê-lo gravado
start-network = as opções de rede não podem ser usadas
    .hint = verifique o endereço do proxy e o certificado (--proxy, --cacert)
start-system = o sistema não deixa o Ebb iniciar
    .hint = feche outros programas e tente de novo
start-no-folder = não há pasta para os dados do Ebb
    .hint = informe uma com a variável EBB_HOME
start-folder = a pasta de dados do Ebb { $path } não pode ser criada
    .hint = verifique as permissões ou informe outra com a variável EBB_HOME
start-in-use = outro Ebb está usando esta fila
    .hint = continue naquele, ou feche-o antes
engine-ended = o motor do Ebb terminou inesperadamente
    .hint = repita o mesmo comando: continua a partir do que já está aqui

## The line itself is wrong

link-empty = a URL está vazia
    .hint = informe uma, como https://example.org/arquivo.zip
link-no-scheme = a URL não tem esquema
    .hint = escreva https:// ou http:// na frente
link-unsupported-scheme = o esquema { $scheme } não está disponível
    .hint = use um endereço que comece com https:// ou http://
link-invalid = isto não é uma URL
    .hint = verifique se há erro de digitação
link-too-long = a URL tem mais de 65.536 bytes
    .hint = procure uma mais curta
pattern-backwards = o padrão { $pattern } conta para trás
    .hint = escreva primeiro o menor, ou %5B se quiser mesmo um colchete
too-many-urls = são mais de { $most } URLs
    .hint = peça menos de uma vez
no-urls = nenhuma URL foi informada
    .hint = informe ao menos uma, ou uma lista com -i
list-unreadable = a lista não pode ser lida
    .hint = verifique o nome e as permissões
list-not-text = esta linha não é texto UTF-8
    .hint = salve a lista como UTF-8
several-names = um só nome para vários arquivos
    .hint = omita -o ou informe uma só URL
several-checksums = uma só soma de verificação para vários arquivos
    .hint = omita --checksum ou informe uma só URL
name-empty = o nome está vazio
    .hint = informe um nome ou omita -o
name-is-path = o nome é um caminho
    .hint = informe a pasta com -d e só o nome com -o
name-is-output = a saída padrão não é lugar para um download
    .hint = informe um nome de arquivo com -o
folder-invalid = isto não pode ser uma pasta
    .hint = informe o caminho de uma pasta
header-no-colon = um cabeçalho sem dois-pontos
    .hint = escreva assim: -H 'Nome: valor'
header-name = isto não é um nome de cabeçalho
    .hint = use letras, números e hifens antes dos dois-pontos
header-value = o valor do cabeçalho contém quebras de linha ou caracteres de controle
    .hint = informe cada cabeçalho com seu próprio -H
header-reserved = este cabeçalho é enviado pelo próprio Ebb
    .hint = deixe-o de fora
checksum-form = isto não é uma soma de verificação
    .hint = escreva assim: --checksum sha-256=HEX
checksum-algorithm = este tipo de soma de verificação não é conhecido
    .hint = use md5, sha-1, sha-256 ou sha-512
checksum-length = uma soma de verificação dessas não tem este tamanho
    .hint = são necessários { $digits } dígitos: verifique se falta algum
checksum-digits = uma soma de verificação tem só os dígitos de 0 a 9 e de a a f
    .hint = verifique se há erro de digitação
proxy-invalid = isto não é o endereço de um proxy
    .hint = escreva assim: --proxy http://SERVIDOR:PORTA, ou https, socks5, ou none
authority-unreadable = o arquivo não pode ser lido
    .hint = verifique o nome e as permissões
authority-none = não há certificado neste arquivo
    .hint = informe um no formato PEM: -----BEGIN CERTIFICATE-----
user-empty = o nome de usuário está vazio
    .hint = informe um nome ou omita --user
user-with-password = uma senha na linha de comando pode ser lida por outros
    .hint = informe só o nome, e a senha na variável EBB_PASSWORD ou quando for pedida
no-terminal-for-password = não há terminal em que pedir a senha
    .hint = informe-a na variável EBB_PASSWORD
password-not-text = a variável EBB_PASSWORD não é texto UTF-8
    .hint = salve-a como UTF-8
password-prompt = Senha de { $user }:
see-help = veja ebb help { $verb }
no-command = esse comando não existe
    .hint = veja ebb help
no-window = esta versão não tem janela
    .hint = baixe com: ebb get URL, e veja ebb help

## While it runs

note-started-over = o arquivo no servidor mudou: começando de novo
note-retry = { $message }: nova tentativa em { $time }
note-retry-now = { $message }: nova tentativa
note-no-network = sem rede: continua quando ela voltar
note-disk-full = { $message }: continua quando houver espaço
note-destination = { $message }: continua quando a pasta voltar
note-server-busy = { $message }: continua quando o servidor tiver vaga
note-interrupted = parando; tudo fica guardado, e o mesmo comando continua daqui

progress-amount = { $bytes } de { $size }
progress-left = faltam { $time }
progress-more = e mais { $count }
progress-files = { $done } de { $total } arquivos
progress-failed = falhas: { $count }
progress-connecting = conectando
progress-verifying = verificando
progress-waiting = aguardando
progress-retrying = tenta em { $time }

time-seconds = { $seconds } s
time-minutes = { $minutes } min { $seconds } s
time-minutes-only = { $minutes } min
time-hours = { $hours } h { $minutes } min
time-hours-only = { $hours } h
time-days = { $days } d { $hours } h
time-days-only = { $days } d

## Settings, files and folders on this computer

settings-set-aside = as configurações não puderam ser lidas e agora são as padrão; as antigas estão em { $path }
    .hint = conserte esse arquivo e devolva-lhe o nome antigo, ou configure de novo
settings-unreadable = as configurações não podem ser lidas e agora são as padrão
    .hint = verifique as permissões do arquivo: ele é substituído quando algo é mudado
settings-bent = estas configurações tinham valores impossíveis e agora têm os padrão: { $names }
    .hint = configure-as de novo
settings-not-saved = as configurações não puderam ser salvas em { $path }
    .hint = libere espaço no disco e verifique as permissões da pasta; até lá valem só desta vez
settings-number = isto não é um número inteiro de { $least } a { $most }
    .hint = informe um de { $least } a { $most }
settings-folder-relative = falta o começo do caminho da pasta
    .hint = informe o caminho completo
settings-folder-not-text = o nome da pasta não pode ser escrito como texto
    .hint = escolha outra pasta ou mude o nome dela
settings-proxy = isto não é o endereço de um proxy
    .hint = escreva assim: http://SERVIDOR:PORTA, ou com https ou socks5
open-missing = { $path } não está mais lá
    .hint = procure onde possa ter ido parar, ou baixe de novo
open-program = { $path } poderia rodar como programa, e o Ebb não abre nenhum
    .hint = mostre-o na pasta e inicie-o lá se confiar na origem dele
open-failed = não foi possível abrir { $path }
    .hint = mostre-o na pasta e escolha lá um programa para ele
trash-missing = { $path } não está mais lá
    .hint = não há mais nada a fazer
trash-failed = não foi possível mover { $path } para a lixeira
    .hint = mostre-o na pasta e exclua-o lá

## A row of the window

amount-unknown = { $bytes }, tamanho desconhecido
files-all = { $count ->
    [one] { $count } arquivo
   *[other] { $count } arquivos
}
waiting-retry = Aguardando: nova tentativa
waiting-network = Aguardando: sem rede
waiting-metered = Aguardando: rede limitada
waiting-schedule = Aguardando: horário
waiting-paused = Aguardando: tudo suspenso
waiting-disk-full = Aguardando: disco cheio
waiting-destination = Aguardando: pasta
waiting-power = Aguardando: na bateria
waiting-server-busy = Aguardando: servidor ocupado
waiting-credentials = Aguardando: login
waiting-until = nova tentativa em { $time }
state-suspended = Suspenso
state-queued = Na fila
state-connecting = Conectando
state-transferring = Transferindo
state-waiting = Aguardando
state-verifying = Verificando
state-complete = Concluído
state-error = Erro
state-cancelled = Cancelado
group-empty = Grupo vazio
row-background = Segundo plano
row-foreground = Primeiro plano
row-servers = { $count } servidores
row-left = { $speed } · { $time }
row-expand = Mostrar os arquivos
row-collapse = Ocultar os arquivos

## What can be done

deed-suspend = Suspender
deed-resume = Retomar
deed-retry = Tentar de novo
deed-foreground = Para o primeiro plano
deed-background = Para o segundo plano
deed-cancel = Cancelar
deed-remove = Tirar da lista
deed-open = Abrir o arquivo
deed-folder = Abrir a pasta
deed-trash = Mover os arquivos para a lixeira
deed-top = Para o início
deed-up = Antes
deed-down = Depois
deed-bottom = Para o fim
deed-copy = Copiar os links
deed-rename = Renomear…
deed-limit = Limitar…

## The window

window-add = Adicionar
window-search = Pesquisar
window-sort = Ordenar
window-settings = Configurações
window-history = Histórico
window-shortcuts = Atalhos
window-clear = Limpar concluídos
window-details = Detalhes
filter-all = Todos
filter-active = Ativos
filter-waiting = Aguardando
filter-suspended = Suspensos
filter-finished = Concluídos
filter-failed = Com falha
sort-queue = Ordem da fila
sort-name = Nome
sort-size = Tamanho
sort-progress = Progresso
sort-speed = Velocidade
sort-left = Tempo restante
sort-added = Data de adição
speed-all = Todas as transferências
mode-full = Máxima
mode-polite = Discreto
mode-suspended = Suspenso
mode-full-hint = Nada dá passagem: tudo tão rápido quanto os limites e os horários permitem
mode-polite-hint = O segundo plano usa só o que mais ninguém está usando
mode-suspended-hint = Nada é transferido
foot-groups = { $count ->
    [one] { $count } grupo
   *[other] { $count } grupos
}
foot-active = { $count ->
    [one] { $count } ativo
   *[other] { $count } ativos
}
foot-chosen = { $count ->
    [one] { $count } selecionado
   *[other] { $count } selecionados
}
foot-limit = Limite: { $rate }
foot-no-limit = Limite: nenhum
foot-free = { $bytes } livres
empty-title = Ainda não há nada aqui
empty-text = Cole um link, solte uma lista de links ou clique em Adicionar.
empty-filter = Nenhum grupo está assim
empty-search = Nada foi encontrado
drop-here = Solte aqui links ou listas de links
clipboard-offer = Há um link na área de transferência: { $link }
clipboard-add = Adicioná-lo
undo-cancelled = { $count ->
    [1] { $name } será cancelado em { $time }
   *[other] { $count } grupos serão cancelados em { $time }
}
undo = Desfazer
close = Fechar
close-details = Fechar os detalhes

## Asked before something is cancelled

cancel-title = Cancelar?
cancel-text = { $files ->
    [one] Concluído: { $files } arquivo.
   *[other] Concluídos: { $files } arquivos.
} { $groups ->
    [1] As partes inacabadas deste grupo são apagadas de qualquer forma.
   *[other] As partes inacabadas destes { $groups } grupos são apagadas de qualquer forma.
}
cancel-keep = Manter os arquivos concluídos
cancel-delete = Excluí-los também
cancel-not = Não cancelar

## The keyboard

shortcuts-title = Atalhos
shortcuts-readers = Leitores de tela ainda não conseguem ler esta janela. Os comandos fazem o mesmo: veja ebb help
shortcut-add = Adicionar downloads
shortcut-paste = Adicionar o que está na área de transferência
shortcut-search = Pesquisar
shortcut-move = Para cima e para baixo
shortcut-extend = Selecionar vários
shortcut-all = Selecionar tudo
shortcut-expand = Mostrar arquivos, ocultá-los
shortcut-toggle = Suspender, retomar
shortcut-foreground = Primeiro plano, segundo plano
shortcut-cancel = Cancelar ou tirar da lista
shortcut-undo = Desfazer um cancelamento
shortcut-open = Abrir o arquivo
shortcut-folder = Abrir a pasta
shortcut-copy = Copiar os links
shortcut-rename = Renomear
shortcut-menu = Menu da seleção
shortcut-details = Detalhes
shortcut-earlier = Antes na fila
shortcut-later = Depois na fila
shortcut-suspend-all = Suspender tudo ou continuar
shortcut-history = Histórico
shortcut-settings = Configurações
shortcut-next = Próximo botão ou campo
shortcut-previous = O anterior
shortcut-close = Fechar o que está aberto
shortcut-help = Esta lista
shortcut-quit = Sair

## The end

quit-title = Salvando…
quit-text = O Ebb fecha assim que tudo estiver a salvo.

## The settings' screen

settings-title = Configurações
settings-back = Voltar
settings-time = isto não é um tempo de { $least } a { $most }, como 30s ou 2m
section-downloads = Downloads
section-network = Rede
section-notifications = Notificações
section-appearance = Aparência
section-language = Idioma
section-startup = Inicialização
section-queue = Fila
setting-more = Mais
setting-less = Menos
setting-folder = Pasta
    .hint = Para onde vão os arquivos, se um download não disser outra coisa
setting-folder-choose = Escolher…
setting-begin = Novos downloads começam
    .hint = Em segundo plano eles usam só o que mais ninguém está usando
setting-begin-background = Em segundo plano
setting-begin-foreground = A toda a velocidade
setting-begin-suspended = Suspensos
setting-conflict = Quando já existe um arquivo com o nome
    .hint = Nada é substituído antes que o arquivo novo esteja completo
setting-conflict-rename = Outro nome
setting-conflict-overwrite = Substituir
setting-conflict-skip = Deixar
setting-conflict-fail = Erro
setting-parallel = Arquivos por vez
    .hint = Os outros esperam a sua vez
setting-connections = Conexões por arquivo
    .hint = No máximo; o Ebb só abre outra se com ela o arquivo ficar mais rápido
setting-host = Conexões por servidor
    .hint = No máximo, somando todos os arquivos: muitos servidores recusam mais
setting-proxy = Proxy
    .hint = O caminho para a internet, onde não há um direto
setting-proxy-system = O do sistema
setting-proxy-none = Nenhum
setting-proxy-own = Este
setting-proxy-password = A senha é usada até o Ebb terminar e não é salva
setting-connect-timeout = Esperar por uma conexão
    .hint = Depois ela conta como falha e é tentada de novo
setting-stall-timeout = Esperar pelo próximo byte
    .hint = Depois a conexão conta como perdida e outra é aberta
setting-notify-done = Quando downloads são concluídos
    .hint = Uma só notificação para vários que terminam juntos
setting-notify-error = Quando um download falha
    .hint = Só se houver algo a fazer, não a cada nova tentativa
setting-theme = Tema
    .hint = Claro ou escuro, ou como no sistema
setting-theme-system = Sistema
setting-theme-light = Claro
setting-theme-dark = Escuro
setting-accent = Destaque
    .hint = A cor dos downloads em segundo plano e do que está selecionado
accent-ocean = Oceano
accent-indigo = Índigo
accent-violet = Violeta
accent-rose = Rosa
accent-amber = Âmbar
accent-moss = Musgo
setting-text-size = Tamanho do texto
    .hint = A janela inteira cresce com ele
setting-density = Linhas
    .hint = Quantos downloads cabem na janela
setting-density-comfortable = Confortáveis
setting-density-compact = Compactas
setting-renderer = Desenhado por
    .hint = Vale a partir do próximo início do Ebb; o processador precisa de menos memória
setting-renderer-software = Processador
setting-renderer-graphics = Placa de vídeo
setting-language = O Ebb fala
    .hint = Nesta janela e em suas notificações
setting-language-system = O do sistema
language-name = Português (Brasil)
setting-start = Downloads inacabados
    .hint = O que acontece com eles quando o Ebb inicia
setting-start-continue = Continuar
setting-start-suspended = Esperar por mim
setting-clipboard = Oferecer links da área de transferência
    .hint = Quando um link é copiado, o Ebb oferece baixá-lo, e nunca baixa sem perguntar
setting-export = Exportar a fila
    .hint = Todos os downloads em um arquivo, para guardar ou levar; sem as senhas
setting-export-button = Exportar…
setting-import = Importar uma fila
    .hint = Adiciona os downloads de um arquivo desses aos que já estão aqui
setting-import-button = Importar…

## The history

history-title = Histórico
history-back = Voltar
history-search = Pesquisar
history-bytes = baixados
history-files = arquivos
history-groups = downloads
history-clear = Limpar o histórico
history-clear-really = Limpar mesmo?
history-today = Hoje
history-yesterday = Ontem
history-empty = Nada foi concluído ainda
    .hint = O que foi baixado fica anotado aqui, mesmo depois de sair da lista
history-no-match = Nada foi encontrado
    .hint = A pesquisa abrange nomes, servidores e pastas
history-folder = Abrir a pasta

## The queue as a file

export-done = A fila foi gravada; sem as senhas
export-failed = A fila não pôde ser gravada ali
import-unreadable = o arquivo não pode ser lido
    .hint = verifique as permissões
import-not-a-queue = isto não é uma fila do Ebb
    .hint = escolha um arquivo que o Ebb exportou
import-bad-group = { $group } no arquivo não pode ser aceito
    .hint = nada foi adicionado; conserte o arquivo ou exporte-o de novo

## No window

no-desktop = não há área de trabalho em que abrir uma janela
    .hint = use os comandos: ebb help
no-window-system = não é possível abrir a janela
    .hint = verifique a área de trabalho ou use os comandos: ebb help

## Told on the desktop

notice-completed = Download concluído
notice-failed = Falha no download

## The details of a group

details-none = Selecione um grupo para ver os detalhes
details-overview = Resumo
details-files = Arquivos
details-properties = Propriedades
details-log = Registro
details-speed = Velocidade
details-speeds = { $now } · máxima { $highest }
details-connections = { $count ->
    [one] { $count } conexão
   *[other] { $count } conexões
}
details-from = De
details-resumable = { $scheme }, pode ser retomado
details-not-resumable = { $scheme }, não pode ser retomado
details-final-address = Endereço final
details-to = Para
details-size = Tamanho
details-size-files = { $size }, { $files }
details-checksum = Soma de verificação
details-checksum-later = { $name }, conferida no fim
details-checksum-right = { $name }, correta
details-type = Tipo
details-modified = Última alteração
details-server = Servidor
details-added = Adicionado
details-completed = Concluído
details-left = Tempo restante
details-tries = { $count ->
    [one] { $count } tentativa
   *[other] { $count } tentativas
}
details-apply = Aplicar
remedy-change-link = Trocar o link
remedy-sign-in = Fazer login
remedy-copy-address = Copiar o endereço
remedy-choose-folder = Escolher outra pasta
property-name = Nome
property-description = Descrição
property-priority = Prioridade
property-limit = Limite, bytes por segundo
property-connections = Conexões por arquivo
property-parallel = Arquivos por vez
property-user = Usuário
property-password = Senha
property-on-complete = Comando a executar ao concluir
property-notify-done = Avisar quando concluir
property-notify-done-why = Uma mensagem na área de trabalho
property-notify-error = Avisar quando falhar
property-notify-error-why = Uma mensagem na área de trabalho quando for preciso alguém
property-no-limit = sem limite
property-default = como nas configurações
property-set = definido
property-not-set = não definido
property-bound-name = no máximo 256 caracteres
property-bound-description = no máximo 1.024 caracteres
property-bound-limit = bytes por segundo, como 500k ou 2M; vazio para nenhum limite
property-bound-connections = um número de 1 a 64; vazio para o das configurações
property-bound-parallel = um número de 1 a 256; vazio para o das configurações
property-bound-words = há aspas sem fechar
property-id = Identificador
property-copy-id = Copiar o identificador
property-created = Criado
property-jobs = Tarefas
property-folder = Pasta
priority-high = Alta
priority-normal = Normal
priority-low = Baixa
log-nothing = Nada aconteceu desde que o Ebb foi iniciado
log-created = Criado, ainda sem arquivos
log-added = { $count ->
    [one] { $count } arquivo adicionado
   *[other] { $count } arquivos adicionados
}
log-suspended = Suspenso
log-resumed = Retomado
log-cancelled = Cancelado
log-foreground = Passado para o primeiro plano
log-background = Passado para o segundo plano
log-priority-high = Prioridade: alta
log-priority-normal = Prioridade: normal
log-priority-low = Prioridade: baixa
log-link = O link foi trocado
log-folder-changed = A pasta foi trocada
log-begun = Começado: { $size }
log-begun-unknown = Começado; o tamanho é desconhecido
log-goes-on = Continua a partir de { $amount }
log-started-over = Começado de novo: o conteúdo do servidor mudou
log-until = não antes de { $moment }
log-failed = Falha: { $message }
log-file-completed = Arquivo concluído
log-completed = Tudo concluído
log-gave-up = Nada mais pode ser feito sem você

## Moments

moment-today = hoje, { $time }
moment-yesterday = ontem, { $time }
moment-date = { $date }, { $time }
moment-day = { $day } de { $month }
moment-day-year = { $day } de { $month } de { $year }
month-january = jan
month-february = fev
month-march = mar
month-april = abr
month-may = mai
month-june = jun
month-july = jul
month-august = ago
month-september = set
month-october = out
month-november = nov
month-december = dez

## The add dialog

add-title = Adicionar downloads
add-links-form = Cole ou digite links aqui, um por linha
add-links = { $count ->
    [one] { $count } link
   *[other] { $count } links
}
add-aside = e uma lista de { $bytes }, longa demais para aparecer aqui
add-aside-remove = Remover a lista
add-repeated = { $count } deles repetidos
add-reading = Lendo…
add-one-trouble = a linha { $line } não foi entendida: { $why }
add-troubles = { $count ->
    [one] { $count } linha não foi entendida
   *[other] { $count } linhas não foram entendidas
}
add-trouble = linha { $line }: { $why }
add-troubles-more = Mostrar mais destas linhas
add-troubles-fewer = Mostrar menos destas linhas
add-name = Nome
add-folder = Pasta
add-choose = Escolher…
add-unfinished = { $count ->
    [one] { $count } destes links já está na fila
   *[other] { $count } destes links já estão na fila
}
add-unfinished-skip = Deixar de fora o que já está a caminho lá
add-finished = { $count ->
    [one] { $count } destes links já foi baixado antes
   *[other] { $count } destes links já foram baixados antes
}
add-finished-skip = Deixar de fora o que a fila já concluiu
add-taken-rename = { $count ->
    [one] { $count } arquivo com este nome já está na pasta; o novo recebe outro nome
   *[other] { $count } arquivos com estes nomes já estão na pasta; os novos recebem outros nomes
}
add-taken-overwrite = { $count ->
    [one] { $count } arquivo com este nome já está na pasta; ele será substituído
   *[other] { $count } arquivos com estes nomes já estão na pasta; eles serão substituídos
}
add-taken-skip = { $count ->
    [one] { $count } arquivo com este nome já está na pasta; ele fica, e não é baixado de novo
   *[other] { $count } arquivos com estes nomes já estão na pasta; eles ficam, e não são baixados de novo
}
add-taken-fail = { $count ->
    [one] { $count } arquivo com este nome já está na pasta; o download dele vai falhar
   *[other] { $count } arquivos com estes nomes já estão na pasta; os downloads deles vão falhar
}
add-how = Como
add-how-background = Em segundo plano
add-how-foreground = Primeiro plano
add-how-suspended = Suspenso
add-background-means = Usa só o que mais ninguém está usando; pode ser mudado a qualquer momento
add-foreground-means = O mais rápido possível, ao lado de todo o resto; pode ser mudado a qualquer momento
add-suspended-means = Nada é transferido até você retomar
add-more = Mais: conexões, login, cabeçalhos, soma de verificação, limite, nomes repetidos
add-connections = Conexões por arquivo
add-parallel = Arquivos por vez
add-limit = Limite
add-limit-none = nenhum, ou 500k, 2M
add-user = Usuário
add-password = Senha
add-checksum = Soma de verificação
add-headers = Cabeçalhos
add-headers-form = Nome: valor, um por linha
add-conflict = Se houver um arquivo com o mesmo nome
add-conflict-rename = Outro nome
add-conflict-overwrite = Substituir
add-conflict-skip = Pular
add-conflict-fail = Erro
add-priority = Prioridade em segundo plano
add-priority-high = Alta
add-priority-normal = Normal
add-priority-low = Baixa
add-close = Cancelar
add-do = { $count ->
    [0] Adicionar
    [one] Adicionar { $count } download
   *[other] Adicionar { $count } downloads
}
add-drop-large = { $name } é maior que { $most }
    .hint = solte uma lista mais curta
add-drop-binary = { $name } não é um texto
    .hint = solte uma lista de links, um por linha
add-drop-unreadable = { $name } não pode ser lido
    .hint = verifique as permissões

## Mistakes in fields

typed-long = isto tem mais de { $most } caracteres
    .hint = encurte o texto
typed-rate = isto não é uma velocidade
    .hint = escreva como 500k ou 2M, em bytes por segundo
typed-no-user = uma senha sem usuário
    .hint = informe também o usuário
typed-user-colon = há dois-pontos no nome de usuário
    .hint = informe só o nome, e a senha no campo dela
typed-checksum = isto não é uma soma de verificação
    .hint = escreva como sha-256=HEX
typed-checksum-one = uma só soma de verificação para vários arquivos
    .hint = deixe-a de fora ou informe um só link
typed-header = um cabeçalho sem dois-pontos
    .hint = escreva como Nome: valor
typed-header-value = o valor do cabeçalho contém caracteres de controle
    .hint = tire-os

## One or two fields to change something

change-link = Trocar o link
change-link-field = Novo link
change-sign-in = Fazer login
change-name = Renomear
change-group-limit = Limite deste grupo
change-limit = Limite de todas as transferências
change-limit-field = Bytes por segundo
change-ok = OK

## The queue from a shell

queue-empty = a fila está vazia
    .hint = adicione algo com: ebb add URL
queue-not-running = nenhum Ebb está em execução
    .hint = inicie um com: ebb serve, ou abra a janela
queue-lost = o Ebb em execução foi encerrado
    .hint = inicie-o de novo com: ebb serve, ou abra a janela
queue-other-version = o Ebb em execução é a versão { $version }
    .hint = use aquela versão, ou encerre-o e inicie esta
queue-silent = o Ebb em execução não responde
    .hint = espere um momento e tente de novo; senão, encerre-o e inicie-o outra vez
queue-not-understood = o Ebb em execução e este comando não se entendem
    .hint = encerre-o e inicie-o outra vez, para que ambos tenham a mesma versão
add-into-group = isto é para um grupo novo, e --group indica um que já existe
    .hint = deixe de fora, ou mude esse grupo com: ebb set
set-no-value = uma propriedade sem valor
    .hint = escreva assim: NOME=VALOR; só password fica sem valor
set-password-shown = uma senha na linha de comando pode ser lida por outros
    .hint = escreva só password: ela é pedida, ou lida da entrada padrão
set-password-unread = nenhuma senha pôde ser lida
    .hint = informe-a em uma linha da entrada padrão, ou no terminal
set-password-prompt = Senha:
queue-state = Estado
queue-flags = Indicadores
queue-removed = Removido
queue-notify = Avisos

## A janela sobre o ebb serve

remote-lost = a conexão com o ebb serve foi perdida
    .hint = espere até ele voltar, ou inicie-o de novo
remote-lost-again = A conexão com o Ebb em execução foi perdida; tentando de novo…
foot-remote = Esta janela controla o ebb serve. Fechá-la não interrompe nenhum download.
quit-remote-title = Fechando…
quit-remote-text = Os downloads continuam no ebb serve.

## Quando não é possível gravar no banco de dados

refusal-not-kept = não é possível gravar no banco de dados do Ebb; nada foi adicionado
    .hint = libere espaço no disco dos dados do Ebb, ou verifique suas permissões, e tente de novo
refusal-kept-later = feito, mas não salvo: não é possível gravar no banco de dados do Ebb
    .hint = libere espaço no disco dos dados do Ebb: então será salvo; se o Ebb terminar antes, será perdido
not-saved = não foi possível salvar a fila: as últimas mudanças se perderam
    .hint = libere espaço no disco dos dados do Ebb, ou verifique suas permissões, antes de iniciar de novo

## O comando de um grupo

after-not-started = não foi possível iniciar o comando a executar ao concluir: { $program }
    .hint = verifique se o programa e a pasta existem, ou mude o comando

## Limits and times

log-anyway = Retomado apesar do horário, da rede ou da bateria
log-waits-again = Volta a esperar pelo horário, pela rede e pela tomada
schedule-words = uma linha tem dias, horas, uma classe e o que é permitido
    .hint = como: mon-fri 08-18 background off
schedule-days = estes não são dias
    .hint = use de mon a sun, como mon-fri ou sat,sun, ou daily
schedule-hours = estas não são horas de um dia
    .hint = use 08-18, de 00-01 a 00-24
schedule-class = isto não é foreground nem background nem all
    .hint = use um deles
schedule-allowance = isto não é full nem off nem bytes por segundo
    .hint = use full, off ou uma taxa como 500k
note-metered = a rede é limitada: continua sozinho quando houver outra; sem --background não esperaria
note-on-battery = sem energia da tomada: continua sozinho quando ela voltar; sem --background não esperaria

## What is free on a line

time-milliseconds = { $milliseconds } ms
courtesy-opening = verificando o que está livre
courtesy-taking = usando o que está livre: { $rate }
courtesy-yielding = dando passagem a outro tráfego
courtesy-opening-short = verificando
courtesy-yielding-short = dando passagem
courtesy-blind = O atraso desta linha não pode ser visto aqui: usa-se metade da maior velocidade.
details-delay = Atraso
details-delays = ida e volta { $trip }, { $queue } em filas

## Waiting for another hour, another network, the mains

waiting-goes-on = continua em { $time }
deed-anyway = Baixar mesmo assim
deed-wait-again = Voltar a esperar
badge-anyway = Mesmo assim
details-anyway = Sem levar em conta custo e horário

## Limits and times, in the settings

section-limits = Limites
section-times = Horários
setting-limits = Máximo de bytes por segundo
    .hint = De todas as transferências juntas e de todas de um tipo; como 500k ou 2M, vazio é sem limite; valem em todos os modos
setting-metered = Esperar em redes limitadas
    .hint = O segundo plano continua quando houver uma rede que não cobre por byte
setting-battery = Esperar na bateria
    .hint = O segundo plano continua quando a energia voltar
setting-schedule = Horas da semana
    .hint = O que pode ser transferido e quando, pelo relógio de parede
schedule-paint = Arraste sobre as horas ou seus nomes; ou mova com as setas, escolha com Shift e tecle Espaço
schedule-full = Tudo
schedule-limited = Limitado
schedule-off = Nada
schedule-clear = Limpar
day-monday = seg
day-tuesday = ter
day-wednesday = qua
day-thursday = qui
day-friday = sex
day-saturday = sáb
day-sunday = dom

## For what the whole background waits

foot-metered = O segundo plano espera: rede limitada
foot-battery = O segundo plano espera: na bateria
foot-schedule = O segundo plano espera: horário
