# Lo que dice Ebb, en español. El archivo inglés tiene las mismas claves y los mismos
# argumentos. Un mensaje dice qué ha pasado; su `.hint`, qué se puede intentar.

## What goes wrong with a file

failure-host-not-found = el nombre del servidor no tiene ninguna dirección
    .hint = compruebe que la dirección no tenga erratas, y la red
failure-resolve-failed = no se pudo resolver el nombre del servidor
    .hint = compruebe la red y sus servidores de nombres, y vuelva a intentarlo
failure-refused = el servidor rechaza la conexión
    .hint = compruebe el puerto de la dirección, o inténtelo más tarde
failure-unreachable = no se puede llegar al servidor desde esta red
    .hint = compruebe la conexión de red y vuelva a intentarlo
failure-connect-timeout = el servidor no aceptó la conexión a tiempo
    .hint = inténtelo más tarde, o dé más tiempo (--connect-timeout)
failure-connect-failed = no se pudo abrir la conexión
    .hint = compruebe la conexión de red y vuelva a intentarlo
failure-proxy = no se puede usar el proxy
    .hint = compruebe la dirección del proxy, o prescinda de él (--proxy none)
failure-proxy-authentication = el proxy pide un usuario y una contraseña
    .hint = indíquelos en la dirección del proxy: http://USUARIO:CONTRASEÑA@SERVIDOR:PUERTO
failure-certificate-expired = el certificado del servidor ha caducado
    .hint = compruebe la fecha de este equipo; si es correcta, solo puede ayudar el responsable del servidor
failure-certificate-not-yet-valid = el certificado del servidor todavía no es válido
    .hint = compruebe la fecha de este equipo; si es correcta, solo puede ayudar el responsable del servidor
failure-certificate-wrong-name = el certificado del servidor se emitió para otro nombre
    .hint = compruebe la dirección: puede que este no sea el servidor deseado
failure-certificate-unknown-issuer = el certificado del servidor lo emitió alguien en quien este equipo no confía
    .hint = si conoce al emisor, indique también su certificado (--cacert)
failure-certificate-revoked = el certificado del servidor ha sido revocado
    .hint = no se fíe de este servidor hasta que su responsable cambie el certificado
failure-certificate-other = el certificado del servidor no es de confianza
    .hint = compruebe la dirección y avise al responsable del servidor
failure-tls-handshake = no se pudo acordar una conexión segura
    .hint = compruebe que la dirección y su puerto hablen https, y vuelva a intentarlo
failure-status-unauthorized = el servidor pide un usuario y una contraseña, u otros (estado HTTP { $status })
    .hint = indique un usuario y una contraseña (--user)
failure-status-forbidden = el servidor no permite esta descarga (estado HTTP { $status })
    .hint = el enlace puede haber caducado, o necesitar un usuario o una cabecera: consiga un enlace nuevo
failure-status-not-found = ese archivo no existe en el servidor (estado HTTP { $status })
    .hint = compruebe la dirección, o busque un enlace más reciente
failure-status-gone = el archivo se ha retirado del servidor (estado HTTP { $status })
    .hint = busque un enlace más reciente
failure-status-legal = el servidor no puede entregar este archivo por motivos legales (estado HTTP { $status })
    .hint = busque otra fuente
failure-status-too-many = el servidor recibe demasiadas peticiones (estado HTTP { $status })
    .hint = inténtelo más tarde, con menos conexiones (-x 1)
failure-status-busy = el servidor está sobrecargado o en mantenimiento (estado HTTP { $status })
    .hint = inténtelo más tarde
failure-status-timeout = el servidor se cansó de esperar (estado HTTP { $status })
    .hint = inténtelo más tarde
failure-status-server = el propio servidor tiene un problema (estado HTTP { $status })
    .hint = inténtelo más tarde
failure-status-refused = el servidor no acepta la petición (estado HTTP { $status })
    .hint = compruebe la dirección y las cabeceras indicadas
failure-status-empty = el servidor responde sin ningún archivo (estado HTTP { $status })
    .hint = compruebe la dirección
failure-retry-after = vuelva a intentarlo dentro de { $time }: lo pide el servidor
failure-retry-at = vuelva a intentarlo después de { $moment }: lo pide el servidor
failure-too-many-redirects = la dirección remite a otra más de diez veces seguidas
    .hint = ábrala en un navegador y copie la dirección del archivo mismo
failure-redirect-loop = la dirección remite a sí misma
    .hint = ábrala en un navegador y copie la dirección del archivo mismo
failure-redirect-insecure = el servidor remite de una dirección segura a otra que no lo es
    .hint = si aun así se fía de ella, indique usted mismo la dirección http
failure-redirect-invalid = el servidor remite a una dirección que no lleva a ninguna parte
    .hint = ábrala en un navegador y copie la dirección del archivo mismo
failure-bad-answer = la respuesta del servidor no tiene sentido
    .hint = compruebe que en esta dirección haya un servidor web, y vuelva a intentarlo
failure-answer-timeout = el servidor recibió la petición y no respondió a tiempo
    .hint = inténtelo más tarde, o dé más tiempo (--stall-timeout)
failure-range-mismatch = el servidor envió otra parte del archivo que la pedida
    .hint = pruebe con una sola conexión (-x 1)
failure-ranges-refused = el servidor ya no entrega partes del archivo
    .hint = pruebe con una sola conexión (-x 1)
failure-range-not-satisfiable = el archivo del servidor es más corto que lo que ya hay aquí
    .hint = puede haber sido sustituido: vuelva a intentarlo para descargarlo desde el principio
failure-range-past-end = el archivo del servidor solo tiene { $total }, menos de lo que ya hay aquí
    .hint = puede haber sido sustituido: vuelva a intentarlo para descargarlo desde el principio
failure-connection-lost = la conexión se cortó antes del final del archivo
    .hint = vuelva a intentarlo: sigue desde lo que ya hay aquí
failure-stalled = hace demasiado que no llega ningún byte
    .hint = vuelva a intentarlo, o dé más tiempo (--stall-timeout)
failure-unexpected-encoding = el servidor envió el archivo comprimido, aunque se le pidió que no
    .hint = pruebe otra dirección para el archivo
failure-web-page = en lugar del archivo llegó una página web
    .hint = abra la dirección en un navegador: puede que pida iniciar sesión, o que el enlace haya caducado
failure-source-changed = el archivo del servidor ya no es el que se había empezado
    .hint = vuelva a intentarlo para descargar el nuevo desde el principio
failure-disk-full = el disco está lleno
    .hint = haga sitio, o elija otra carpeta; lo que hay aquí se conserva
failure-disk-full-needed = el disco es demasiado pequeño: harían falta { $needed } más
    .hint = haga sitio, o elija otra carpeta
failure-disk-full-free = el disco es demasiado pequeño: harían falta { $needed } más, quedan { $free }
    .hint = haga sitio, o elija otra carpeta
failure-permission-denied = no se permite escribir en esta carpeta
    .hint = elija otra carpeta, o cambie sus permisos
failure-read-only = el disco es de solo lectura
    .hint = elija una carpeta de otro disco
failure-not-a-folder = una parte de la ruta de la carpeta es un archivo
    .hint = elija otra carpeta
failure-destination-gone = la carpeta ha desaparecido durante la descarga
    .hint = recupere la carpeta o su disco y vuelva a intentarlo
failure-file-too-large = el archivo es demasiado grande para el sistema de archivos de este disco
    .hint = elija una carpeta de otro disco
failure-disk = el disco comunica un error
    .hint = compruebe el disco, o elija una carpeta de otro
failure-name-conflict = ya existe un archivo con este nombre
    .hint = elija otro nombre u otra carpeta, u otra regla (--on-conflict)
failure-name-conflict-folder = ya existe una carpeta con este nombre
    .hint = elija otro nombre u otra carpeta
failure-in-use = otra descarga está escribiendo este archivo
    .hint = espere a que termine, o elija otro nombre u otra carpeta
failure-checksum-mismatch = el archivo no es el esperado: su { $algorithm } es { $actual }, no { $expected }
    .hint = compruebe la suma indicada; si es correcta, no use este archivo y búsquelo en otro sitio
failure-no-progress = no llegó nada durante { $time }; lo último: { $last }
failure-store = no se pudieron escribir los registros propios de Ebb
    .hint = haga sitio en el disco de la carpeta de datos de Ebb y compruebe sus permisos
failure-credentials-needed = hay que volver a indicar el usuario, la contraseña o una cabecera
    .hint = inicie de nuevo la descarga con ellos

## What a command is refused for

refusal-not-found = no hay nada con este identificador
    .hint = vea lo que hay: ebb list
refusal-ambiguous = varios identificadores empiezan así
    .hint = indique más caracteres del identificador
refusal-already-exists = este identificador ya está ocupado
    .hint = elija otro, o ninguno
refusal-empty = no hay nada dentro
    .hint = añada antes una URL
refusal-wrong-state = eso no se puede hacer en este estado: { $state }
    .hint = mire antes su estado
refusal-not-supported = eso no está disponible
    .hint = vea lo que sí lo está: ebb help
refusal-invalid = ese valor no se puede aceptar
    .hint = vea cuáles se pueden: ebb help

## Ebb itself cannot start

start-store = no se puede usar la base de datos de Ebb { $path }
    .hint = compruebe los permisos de la carpeta y su disco; puede haberla escrito una versión posterior de Ebb
start-network = no se pueden usar las opciones de red
    .hint = compruebe la dirección del proxy y el certificado (--proxy, --cacert)
start-system = el sistema no deja iniciar Ebb
    .hint = cierre otros programas y vuelva a intentarlo
start-no-folder = no hay ninguna carpeta para los datos de Ebb
    .hint = indique una con la variable EBB_HOME
start-folder = no se puede crear la carpeta de datos de Ebb { $path }
    .hint = compruebe sus permisos, o indique otra con la variable EBB_HOME
start-in-use = otro Ebb está usando esta cola
    .hint = siga en aquel, o ciérrelo antes
engine-ended = el motor de Ebb ha terminado de forma inesperada
    .hint = repita la misma orden: sigue desde lo que ya hay aquí

## The line itself is wrong

link-empty = la URL está vacía
    .hint = indique una, como https://example.org/archivo.zip
link-no-scheme = la URL no tiene esquema
    .hint = escriba https:// o http:// delante
link-unsupported-scheme = el esquema { $scheme } no está disponible
    .hint = use una dirección que empiece por https:// o http://
link-invalid = esto no es una URL
    .hint = compruebe que no tenga erratas
link-too-long = la URL tiene más de 65.536 bytes
    .hint = busque una más corta
pattern-backwards = el patrón { $pattern } cuenta hacia atrás
    .hint = escriba primero el extremo menor, o %5B si quiere un corchete
too-many-urls = son más de { $most } URL
    .hint = pida menos de una vez
no-urls = no se ha indicado ninguna URL
    .hint = indique al menos una, o una lista con -i
list-unreadable = no se puede leer la lista
    .hint = compruebe su nombre y sus permisos
list-not-text = esta línea no es texto UTF-8
    .hint = guarde la lista como UTF-8
several-names = un solo nombre para varios archivos
    .hint = omita -o, o indique una sola URL
several-checksums = una sola suma de comprobación para varios archivos
    .hint = omita --checksum, o indique una sola URL
name-empty = el nombre está vacío
    .hint = indique un nombre, u omita -o
name-is-path = el nombre es una ruta
    .hint = indique la carpeta con -d, y solo el nombre con -o
name-is-output = la salida estándar no es lugar para una descarga
    .hint = indique un nombre de archivo con -o
folder-invalid = esto no puede ser una carpeta
    .hint = indique la ruta de una carpeta
header-no-colon = una cabecera sin dos puntos
    .hint = escríbala así: -H 'Nombre: valor'
header-name = esto no es un nombre de cabecera
    .hint = use letras, cifras y guiones antes de los dos puntos
header-value = el valor de la cabecera contiene saltos de línea o caracteres de control
    .hint = indique cada cabecera con su propio -H
header-reserved = esta cabecera la envía el propio Ebb
    .hint = omítala
checksum-form = esto no es una suma de comprobación
    .hint = escríbala así: --checksum sha-256=HEX
checksum-algorithm = no se conoce este tipo de suma de comprobación
    .hint = use md5, sha-1, sha-256 o sha-512
checksum-length = una suma de comprobación así no tiene esta longitud
    .hint = hacen falta { $digits } cifras: compruebe que no falte ninguna
checksum-digits = una suma de comprobación solo tiene las cifras 0 a 9 y a a f
    .hint = compruebe que no tenga erratas
proxy-invalid = esto no es la dirección de un proxy
    .hint = escríbala así: --proxy http://SERVIDOR:PUERTO, o https, socks5, o none
authority-unreadable = no se puede leer el archivo
    .hint = compruebe su nombre y sus permisos
authority-none = no hay ningún certificado en este archivo
    .hint = indique uno en formato PEM: -----BEGIN CERTIFICATE-----
user-empty = el nombre de usuario está vacío
    .hint = indique un nombre, u omita --user
user-with-password = otros pueden leer una contraseña escrita en la línea de órdenes
    .hint = indique solo el nombre, y la contraseña en la variable EBB_PASSWORD o cuando se pida
no-terminal-for-password = no hay ningún terminal en el que pedir la contraseña
    .hint = indíquela en la variable EBB_PASSWORD
password-not-text = la variable EBB_PASSWORD no es texto UTF-8
    .hint = guárdela como UTF-8
password-prompt = Contraseña de { $user }:
see-help = vea ebb help { $verb }
no-command = esa orden no existe
    .hint = vea ebb help
no-window = esta versión no tiene ventana
    .hint = descargue con: ebb get URL, y vea ebb help

## While it runs

note-started-over = el archivo del servidor ha cambiado: se empieza de nuevo
note-retry = { $message }: nuevo intento en { $time }
note-retry-now = { $message }: nuevo intento
note-no-network = no hay red: se sigue cuando vuelva
note-disk-full = { $message }: se sigue cuando haya sitio
note-destination = { $message }: se sigue cuando vuelva la carpeta
note-server-busy = { $message }: se sigue cuando el servidor tenga sitio
note-interrupted = se detiene; todo se conserva, y la misma orden sigue desde aquí

progress-amount = { $bytes } de { $size }
progress-left = quedan { $time }
progress-more = y { $count } más
progress-files = { $done } de { $total } archivos
progress-failed = fallidos: { $count }
progress-connecting = conectando
progress-verifying = comprobando
progress-waiting = en espera
progress-retrying = reintento en { $time }

time-seconds = { $seconds } s
time-minutes = { $minutes } min { $seconds } s
time-minutes-only = { $minutes } min
time-hours = { $hours } h { $minutes } min
time-hours-only = { $hours } h
time-days = { $days } d { $hours } h
time-days-only = { $days } d

## Settings, files and folders on this computer

settings-set-aside = no se pudieron leer los ajustes y ahora son los predeterminados; los anteriores están en { $path }
    .hint = arregle ese archivo y devuélvale su nombre, o vuelva a hacer los ajustes
settings-unreadable = no se pueden leer los ajustes y ahora son los predeterminados
    .hint = compruebe los permisos del archivo: se sustituye al cambiar un ajuste
settings-bent = estos ajustes tenían valores imposibles y ahora tienen los predeterminados: { $names }
    .hint = vuelva a hacerlos
settings-not-saved = no se pudieron guardar los ajustes en { $path }
    .hint = haga sitio en su disco y compruebe los permisos de la carpeta; hasta entonces valen solo por esta vez
settings-number = esto no es un número entero de { $least } a { $most }
    .hint = indique uno de { $least } a { $most }
settings-folder-relative = a la ruta de la carpeta le falta el principio
    .hint = indique la ruta completa
settings-folder-not-text = el nombre de la carpeta no se puede escribir como texto
    .hint = elija otra carpeta, o cámbiele el nombre
settings-proxy = esto no es la dirección de un proxy
    .hint = escríbala así: http://SERVIDOR:PUERTO, o con https o socks5
open-missing = { $path } ya no está ahí
    .hint = búsquelo adonde pueda haberse movido, o descárguelo otra vez
open-program = { $path } podría ejecutarse como programa, y Ebb no abre ninguno
    .hint = muéstrelo en su carpeta, e inícielo allí si se fía de su procedencia
open-failed = no se pudo abrir { $path }
    .hint = muéstrelo en su carpeta y elija allí un programa para él
trash-missing = { $path } ya no está ahí
    .hint = no queda nada por hacer
trash-failed = no se pudo mover { $path } a la papelera
    .hint = muéstrelo en su carpeta y elimínelo allí

## A row of the window

amount-unknown = { $bytes }, tamaño desconocido
files-all = { $count ->
    [one] { $count } archivo
   *[other] { $count } archivos
}
waiting-retry = En espera: nuevo intento
waiting-network = En espera: sin red
waiting-metered = En espera: red de uso medido
waiting-schedule = En espera: horario
waiting-paused = En espera: todo suspendido
waiting-disk-full = En espera: disco lleno
waiting-destination = En espera: carpeta
waiting-power = En espera: con batería
waiting-server-busy = En espera: servidor ocupado
waiting-credentials = En espera: identificación
waiting-until = nuevo intento en { $time }
state-suspended = Suspendida
state-queued = En cola
state-connecting = Conectando
state-transferring = Transfiriendo
state-waiting = En espera
state-verifying = Comprobando
state-complete = Completa
state-error = Error
state-cancelled = Cancelada
group-empty = Grupo vacío
row-background = Segundo plano
row-foreground = Primer plano
row-servers = { $count } servidores
row-left = { $speed } · { $time }
row-expand = Mostrar sus archivos
row-collapse = Ocultar sus archivos

## What can be done

deed-suspend = Suspender
deed-resume = Reanudar
deed-retry = Reintentar
deed-foreground = A primer plano
deed-background = A segundo plano
deed-cancel = Cancelar
deed-remove = Quitar de la lista
deed-open = Abrir el archivo
deed-folder = Abrir su carpeta
deed-trash = Mover los archivos a la papelera
deed-top = Al principio
deed-up = Antes
deed-down = Después
deed-bottom = Al final
deed-copy = Copiar los enlaces
deed-rename = Cambiar nombre…
deed-limit = Limitar…

## The window

window-add = Añadir
window-search = Buscar
window-sort = Ordenar
window-settings = Ajustes
window-history = Historial
window-shortcuts = Atajos
window-clear = Quitar terminadas
window-details = Detalles
filter-all = Todas
filter-active = Activas
filter-waiting = En espera
filter-suspended = Suspendidas
filter-finished = Terminadas
filter-failed = Fallidas
sort-queue = Orden de la cola
sort-name = Nombre
sort-size = Tamaño
sort-progress = Progreso
sort-speed = Velocidad
sort-left = Tiempo restante
sort-added = Fecha de adición
speed-all = Todas las transferencias
mode-full = A tope
mode-polite = Discreto
mode-suspended = En pausa
mode-full-hint = Nadie cede el paso: todo tan rápido como permiten los límites y los horarios
mode-polite-hint = El segundo plano usa solo lo que nadie más está usando
mode-suspended-hint = No se transfiere nada
foot-groups = { $count ->
    [one] { $count } grupo
   *[other] { $count } grupos
}
foot-active = { $count ->
    [one] { $count } activo
   *[other] { $count } activos
}
foot-chosen = { $count ->
    [one] { $count } seleccionado
   *[other] { $count } seleccionados
}
foot-limit = Límite: { $rate }
foot-no-limit = Límite: ninguno
foot-free = { $bytes } libres
empty-title = Aún no hay nada
empty-text = Pegue un enlace, suelte una lista de enlaces o pulse Añadir.
empty-filter = Ningún grupo está así
empty-search = No se ha encontrado nada
drop-here = Suelte aquí enlaces o listas de enlaces
clipboard-offer = Hay un enlace en el portapapeles: { $link }
clipboard-add = Añadirlo
undo-cancelled = { $count ->
    [1] { $name } se cancelará en { $time }
   *[other] { $count } grupos se cancelarán en { $time }
}
undo = Deshacer
close = Cerrar
close-details = Cerrar los detalles

## Asked before something is cancelled

cancel-title = ¿Cancelar?
cancel-text = { $files ->
    [one] { $files } archivo está completo.
   *[other] { $files } archivos están completos.
} { $groups ->
    [1] Las partes sin terminar de este grupo se eliminan en todo caso.
   *[other] Las partes sin terminar de estos { $groups } grupos se eliminan en todo caso.
}
cancel-keep = Conservar los archivos completos
cancel-delete = Eliminarlos también
cancel-not = No cancelar

## The keyboard

shortcuts-title = Atajos
shortcuts-readers = Los lectores de pantalla aún no pueden leer esta ventana. Las órdenes hacen lo mismo: vea ebb help
shortcut-add = Añadir descargas
shortcut-paste = Añadir lo que hay en el portapapeles
shortcut-search = Buscar
shortcut-move = Subir y bajar
shortcut-extend = Seleccionar varios
shortcut-all = Seleccionar todo
shortcut-expand = Mostrar archivos, ocultarlos
shortcut-toggle = Suspender, reanudar
shortcut-foreground = Primer plano, segundo plano
shortcut-cancel = Cancelar, o quitar de la lista
shortcut-undo = Deshacer una cancelación
shortcut-open = Abrir el archivo
shortcut-folder = Abrir su carpeta
shortcut-copy = Copiar los enlaces
shortcut-rename = Cambiar nombre
shortcut-menu = Menú de la selección
shortcut-details = Detalles
shortcut-earlier = Antes en la cola
shortcut-later = Después en la cola
shortcut-suspend-all = Suspender todo, o seguir
shortcut-history = Historial
shortcut-settings = Ajustes
shortcut-next = Botón o campo siguiente
shortcut-previous = El anterior
shortcut-close = Cerrar lo que está abierto
shortcut-help = Esta lista
shortcut-quit = Salir

## The end

quit-title = Guardando…
quit-text = Ebb se cierra en cuanto todo está a salvo.

## The settings' screen

settings-title = Ajustes
settings-back = Volver
settings-time = esto no es un tiempo de { $least } a { $most }, como 30s o 2m
section-downloads = Descargas
section-network = Red
section-notifications = Notificaciones
section-appearance = Apariencia
section-language = Idioma
section-startup = Inicio
section-queue = Cola
setting-more = Más
setting-less = Menos
setting-folder = Carpeta
    .hint = Adonde van los archivos si una descarga no dice otra cosa
setting-folder-choose = Elegir…
setting-begin = Las descargas nuevas empiezan
    .hint = En segundo plano usan solo lo que nadie más está usando
setting-begin-background = En segundo plano
setting-begin-foreground = A toda velocidad
setting-begin-suspended = Suspendidas
setting-conflict = Si ya hay un archivo con ese nombre
    .hint = No se sustituye nada antes de que el archivo nuevo esté completo
setting-conflict-rename = Otro nombre
setting-conflict-overwrite = Sustituirlo
setting-conflict-skip = Dejarlo
setting-conflict-fail = Error
setting-parallel = Archivos a la vez
    .hint = Los demás esperan su turno
setting-connections = Conexiones por archivo
    .hint = Como mucho; Ebb abre otra solo si con ella el archivo va más rápido
setting-host = Conexiones por servidor
    .hint = Como mucho, entre todos los archivos: muchos servidores rechazan más
setting-proxy = Proxy
    .hint = El camino a Internet, donde no lo hay directo
setting-proxy-system = El del sistema
setting-proxy-none = Ninguno
setting-proxy-own = Este
setting-proxy-password = La contraseña se usa hasta que Ebb termina, y no se guarda
setting-connect-timeout = Esperar una conexión
    .hint = Después se da por fallida y se vuelve a intentar
setting-stall-timeout = Esperar el siguiente byte
    .hint = Después la conexión se da por perdida y se abre otra
setting-notify-done = Cuando se completan descargas
    .hint = Una sola notificación para varias que terminan juntas
setting-notify-error = Cuando falla una descarga
    .hint = Solo si hay algo que hacer, no en cada nuevo intento
setting-theme = Tema
    .hint = Claro u oscuro, o como el sistema
setting-theme-system = Sistema
setting-theme-light = Claro
setting-theme-dark = Oscuro
setting-accent = Acento
    .hint = El color de las descargas en segundo plano y de lo seleccionado
accent-ocean = Océano
accent-indigo = Índigo
accent-violet = Violeta
accent-rose = Rosa
accent-amber = Ámbar
accent-moss = Musgo
setting-text-size = Tamaño del texto
    .hint = Toda la ventana crece con él
setting-density = Filas
    .hint = Cuántas descargas caben en la ventana
setting-density-comfortable = Amplias
setting-density-compact = Compactas
setting-renderer = Dibuja
    .hint = Vale desde el próximo inicio de Ebb; el procesador necesita menos memoria
setting-renderer-software = El procesador
setting-renderer-graphics = La tarjeta gráfica
setting-language = Ebb habla
    .hint = En esta ventana y sus notificaciones
setting-language-system = El del sistema
language-name = Español
setting-start = Descargas sin terminar
    .hint = Qué pasa con ellas cuando se inicia Ebb
setting-start-continue = Seguir
setting-start-suspended = Esperarme
setting-clipboard = Ofrecer enlaces del portapapeles
    .hint = Al copiar un enlace, Ebb ofrece descargarlo, y nunca lo hace sin preguntar
setting-export = Exportar la cola
    .hint = Todas las descargas en un archivo, para guardar o llevarse; sin las contraseñas
setting-export-button = Exportar…
setting-import = Importar una cola
    .hint = Añade las descargas de un archivo así a las que ya hay
setting-import-button = Importar…

## The history

history-title = Historial
history-back = Volver
history-search = Buscar
history-bytes = descargados
history-files = archivos
history-groups = descargas
history-clear = Borrar el historial
history-clear-really = ¿Borrarlo de verdad?
history-today = Hoy
history-yesterday = Ayer
history-empty = Aún no hay nada completo
    .hint = Lo descargado queda anotado aquí, también cuando ya no está en la lista
history-no-match = No se ha encontrado nada
    .hint = Se busca en nombres, servidores y carpetas
history-folder = Abrir la carpeta

## The queue as a file

export-done = La cola se ha escrito; sin las contraseñas
export-failed = No se pudo escribir la cola ahí
import-unreadable = no se puede leer el archivo
    .hint = compruebe sus permisos
import-not-a-queue = esto no es una cola de Ebb
    .hint = elija un archivo que haya exportado Ebb
import-bad-group = { $group } del archivo no se puede aceptar
    .hint = no se añadió nada; arregle el archivo, o expórtelo de nuevo

## No window

no-desktop = no hay un escritorio en el que abrir una ventana
    .hint = use las órdenes: ebb help
no-window-system = no se puede abrir la ventana
    .hint = compruebe el escritorio, o use las órdenes: ebb help

## Told on the desktop

notice-completed = Descarga completa
notice-failed = Descarga fallida

## The details of a group

details-none = Seleccione un grupo para ver sus detalles
details-overview = Resumen
details-files = Archivos
details-properties = Propiedades
details-log = Registro
details-speed = Velocidad
details-speeds = { $now } · máxima { $highest }
details-connections = { $count ->
    [one] { $count } conexión
   *[other] { $count } conexiones
}
details-from = De
details-resumable = { $scheme }, se puede reanudar
details-not-resumable = { $scheme }, no se puede reanudar
details-final-address = Dirección final
details-to = A
details-size = Tamaño
details-size-files = { $size }, { $files }
details-checksum = Suma de comprobación
details-checksum-later = { $name }, se comprueba al final
details-checksum-right = { $name }, correcta
details-type = Tipo
details-modified = Última modificación
details-server = Servidor
details-added = Añadido
details-completed = Completado
details-left = Tiempo restante
details-tries = { $count ->
    [one] { $count } intento
   *[other] { $count } intentos
}
details-apply = Aplicar
remedy-change-link = Cambiar el enlace
remedy-sign-in = Identificarse
remedy-copy-address = Copiar la dirección
remedy-choose-folder = Elegir otra carpeta
property-name = Nombre
property-description = Descripción
property-priority = Prioridad
property-limit = Límite, bytes por segundo
property-connections = Conexiones por archivo
property-parallel = Archivos a la vez
property-user = Usuario
property-password = Contraseña
property-on-complete = Orden que se ejecuta al completarse
property-notify-done = Avisarme cuando se complete
property-notify-done-why = Un mensaje en el escritorio
property-notify-error = Avisarme cuando falle
property-notify-error-why = Un mensaje en el escritorio cuando haga falta una persona
property-no-limit = sin límite
property-default = como en los ajustes
property-set = definido
property-not-set = sin definir
property-bound-name = 256 caracteres como mucho
property-bound-description = 1024 caracteres como mucho
property-bound-limit = bytes por segundo, como 500k o 2M; vacío para no limitar
property-bound-connections = un número de 1 a 64; vacío para el de los ajustes
property-bound-parallel = un número de 1 a 256; vacío para el de los ajustes
property-bound-words = falta cerrar unas comillas
property-id = Identificador
property-copy-id = Copiar el identificador
property-created = Creado
property-jobs = Tareas
property-folder = Carpeta
priority-high = Alta
priority-normal = Normal
priority-low = Baja
log-nothing = No ha pasado nada desde que se inició Ebb
log-created = Creado, aún sin archivos
log-added = { $count ->
    [one] { $count } archivo añadido
   *[other] { $count } archivos añadidos
}
log-suspended = Suspendido
log-resumed = Reanudado
log-cancelled = Cancelado
log-foreground = Pasado a primer plano
log-background = Pasado a segundo plano
log-priority-high = Prioridad: alta
log-priority-normal = Prioridad: normal
log-priority-low = Prioridad: baja
log-link = Se cambió el enlace
log-folder-changed = Se cambió la carpeta
log-begun = Empezado: { $size }
log-begun-unknown = Empezado; no se conoce el tamaño
log-goes-on = Sigue desde { $amount }
log-started-over = Empezado de nuevo: lo que hay en el servidor ha cambiado
log-until = no antes de { $moment }
log-failed = Fallo: { $message }
log-file-completed = Archivo completo
log-completed = Todo completo
log-gave-up = No se puede hacer nada más sin usted

## Moments

moment-today = hoy, { $time }
moment-yesterday = ayer, { $time }
moment-date = { $date }, { $time }
moment-day = { $day } { $month }
moment-day-year = { $day } { $month } { $year }
month-january = ene
month-february = feb
month-march = mar
month-april = abr
month-may = may
month-june = jun
month-july = jul
month-august = ago
month-september = sept
month-october = oct
month-november = nov
month-december = dic

## The add dialog

add-title = Añadir descargas
add-links-form = Pegue o escriba aquí enlaces, uno por línea
add-links = { $count ->
    [one] { $count } enlace
   *[other] { $count } enlaces
}
add-aside = y una lista de { $bytes }, demasiado larga para mostrarla aquí
add-aside-remove = Quitar la lista
add-repeated = { $count } de ellos repetidos
add-reading = Leyendo…
add-one-trouble = no se entiende la línea { $line }: { $why }
add-troubles = { $count ->
    [one] no se entiende { $count } línea
   *[other] no se entienden { $count } líneas
}
add-trouble = línea { $line }: { $why }
add-troubles-more = Mostrar más de estas líneas
add-troubles-fewer = Mostrar menos de estas líneas
add-name = Nombre
add-folder = Carpeta
add-choose = Elegir…
add-unfinished = { $count ->
    [one] { $count } de estos enlaces ya está en la cola
   *[other] { $count } de estos enlaces ya están en la cola
}
add-unfinished-skip = Omitir lo que ya está en camino allí
add-finished = { $count ->
    [one] { $count } de estos enlaces ya se ha descargado antes
   *[other] { $count } de estos enlaces ya se han descargado antes
}
add-finished-skip = Omitir lo que la cola ya ha terminado
add-taken-rename = { $count ->
    [one] { $count } archivo con este nombre ya está en la carpeta; el nuevo recibe otro nombre
   *[other] { $count } archivos con estos nombres ya están en la carpeta; los nuevos reciben otros nombres
}
add-taken-overwrite = { $count ->
    [one] { $count } archivo con este nombre ya está en la carpeta; será sustituido
   *[other] { $count } archivos con estos nombres ya están en la carpeta; serán sustituidos
}
add-taken-skip = { $count ->
    [one] { $count } archivo con este nombre ya está en la carpeta; se queda, y no se descarga otra vez
   *[other] { $count } archivos con estos nombres ya están en la carpeta; se quedan, y no se descargan otra vez
}
add-taken-fail = { $count ->
    [one] { $count } archivo con este nombre ya está en la carpeta; su descarga fallará
   *[other] { $count } archivos con estos nombres ya están en la carpeta; sus descargas fallarán
}
add-how = Cómo
add-how-background = En segundo plano
add-how-foreground = Primer plano
add-how-suspended = Suspendida
add-background-means = Usa solo lo que nadie más está usando; se puede cambiar en cualquier momento
add-foreground-means = Lo más rápido posible, junto a todo lo demás; se puede cambiar en cualquier momento
add-suspended-means = No se transfiere nada hasta reanudarla
add-more = Más: conexiones, identificación, cabeceras, suma de comprobación, límite, nombres ocupados
add-connections = Conexiones por archivo
add-parallel = Archivos a la vez
add-limit = Límite
add-limit-none = ninguno, o 500k, 2M
add-user = Usuario
add-password = Contraseña
add-checksum = Suma de comprobación
add-headers = Cabeceras
add-headers-form = Nombre: valor, una por línea
add-conflict = Si hay un archivo con el mismo nombre
add-conflict-rename = Otro nombre
add-conflict-overwrite = Sustituirlo
add-conflict-skip = Omitir
add-conflict-fail = Error
add-priority = Prioridad en segundo plano
add-priority-high = Alta
add-priority-normal = Normal
add-priority-low = Baja
add-close = Cancelar
add-do = { $count ->
    [0] Añadir
    [one] Añadir { $count } descarga
   *[other] Añadir { $count } descargas
}
add-drop-large = { $name } supera { $most }
    .hint = suelte una lista más corta
add-drop-binary = { $name } no es un texto
    .hint = suelte una lista de enlaces, uno por línea
add-drop-unreadable = no se puede leer { $name }
    .hint = compruebe sus permisos

## Mistakes in fields

typed-long = esto tiene más de { $most } caracteres
    .hint = acórtelo
typed-rate = esto no es una velocidad
    .hint = escríbala como 500k o 2M, en bytes por segundo
typed-no-user = una contraseña sin usuario
    .hint = indique también el usuario
typed-user-colon = hay dos puntos en el nombre de usuario
    .hint = indique solo el nombre, y la contraseña en su propio campo
typed-checksum = esto no es una suma de comprobación
    .hint = escríbala como sha-256=HEX
typed-checksum-one = una sola suma de comprobación para varios archivos
    .hint = omítala, o indique un solo enlace
typed-header = una cabecera sin dos puntos
    .hint = escríbala como Nombre: valor
typed-header-value = el valor de la cabecera contiene caracteres de control
    .hint = quítelos

## One or two fields to change something

change-link = Cambiar el enlace
change-link-field = Enlace nuevo
change-sign-in = Identificarse
change-name = Cambiar nombre
change-group-limit = Límite de este grupo
change-limit = Límite de todas las transferencias
change-limit-field = Bytes por segundo
change-ok = Aceptar

## The queue from a shell

queue-empty = la cola está vacía
    .hint = añada algo con: ebb add URL
queue-not-running = no hay ningún Ebb en marcha
    .hint = inicie uno con: ebb serve, o abra la ventana
queue-lost = el Ebb en marcha ha terminado
    .hint = inícielo de nuevo con: ebb serve, o abra la ventana
queue-other-version = el Ebb en marcha es la versión { $version }
    .hint = use esa versión, o termínelo e inicie esta
queue-silent = el Ebb en marcha no responde
    .hint = espere un momento e inténtelo de nuevo; si no, termínelo y vuelva a iniciarlo
queue-not-understood = el Ebb en marcha y esta orden no se entienden
    .hint = termínelo y vuelva a iniciarlo, para que ambos sean de la misma versión
add-into-group = esto es para un grupo nuevo, y --group indica uno que ya existe
    .hint = omítalo, o cambie ese grupo con: ebb set
set-no-value = una propiedad sin valor
    .hint = escríbala así: NOMBRE=VALOR; solo password va sin valor
set-password-shown = otros pueden leer una contraseña escrita en la línea de órdenes
    .hint = escriba solo password: se pedirá, o se leerá de la entrada estándar
set-password-unread = no se pudo leer ninguna contraseña
    .hint = indíquela en una línea de la entrada estándar o en el terminal
set-password-prompt = Contraseña:
queue-state = Estado
queue-flags = Indicadores
queue-removed = Quitado
queue-notify = Avisos

## La ventana sobre ebb serve

remote-lost = se ha perdido la conexión con ebb serve
    .hint = esperar a que vuelva, o iniciarlo de nuevo
remote-lost-again = Se ha perdido la conexión con el Ebb en ejecución; intentando de nuevo…
foot-remote = Esta ventana controla ebb serve. Cerrarla no detiene ninguna descarga.
quit-remote-title = Cerrando…
quit-remote-text = Las descargas continúan en ebb serve.

## Cuando no se puede escribir en la base de datos

refusal-not-kept = no se puede escribir en la base de datos de Ebb; no se ha añadido nada
    .hint = haga sitio en el disco de los datos de Ebb, o compruebe sus permisos, y vuelva a intentarlo
refusal-kept-later = hecho, pero sin guardar: no se puede escribir en la base de datos de Ebb
    .hint = haga sitio en el disco de los datos de Ebb: entonces se guarda; si Ebb termina antes, se pierde
not-saved = no se ha podido guardar la cola: los últimos cambios se han perdido
    .hint = haga sitio en el disco de los datos de Ebb, o compruebe sus permisos, antes de iniciarlo de nuevo

## La orden de un grupo

after-not-started = no se pudo iniciar la orden que se ejecuta al completarse: { $program }
    .hint = compruebe que el programa y la carpeta existen, o cambie la orden

## Limits and times

log-anyway = Reanudado pese al horario, la red o la batería
log-waits-again = Vuelve a esperar al horario, la red y la corriente
schedule-words = una línea tiene días, horas, una clase y lo que se permite
    .hint = como: mon-fri 08-18 background off
schedule-days = estos no son días
    .hint = use de mon a sun, como mon-fri o sat,sun, o daily
schedule-hours = estas no son horas de un día
    .hint = use 08-18, de 00-01 a 00-24
schedule-class = esto no es foreground ni background ni all
    .hint = use uno de ellos
schedule-allowance = esto no es full ni off ni bytes por segundo
    .hint = use full, off o una tasa como 500k
note-metered = la red es de uso medido: continúa por sí solo cuando haya otra; sin --background no esperaría
note-on-battery = sin corriente: continúa por sí solo cuando vuelva; sin --background no esperaría

## What is free on a line

time-milliseconds = { $milliseconds } ms
courtesy-opening = averigua qué está libre
courtesy-taking = usa lo que está libre: { $rate }
courtesy-yielding = cede el paso a otro tráfico
courtesy-opening-short = averigua
courtesy-yielding-short = cede el paso
courtesy-blind = Aquí no se puede ver el retardo de esta línea: se usa en su lugar la mitad de la velocidad máxima.
details-delay = Retardo
details-delays = ida y vuelta { $trip }, { $queue } en colas

## Waiting for another hour, another network, the mains

waiting-goes-on = continúa en { $time }
deed-anyway = Descargar igualmente
deed-wait-again = Volver a esperar
badge-anyway = Igualmente
details-anyway = Sin reparar en costes ni horas

## Limits and times, in the settings

section-limits = Límites
section-times = Horarios
setting-limits = Bytes por segundo como máximo
    .hint = De todas las transferencias juntas y de todas las de un tipo; como 500k o 2M, vacío es sin límite; rigen en todos los modos
setting-metered = Esperar en redes de uso medido
    .hint = El segundo plano continúa cuando haya una red que no cobre por byte
setting-battery = Esperar con batería
    .hint = El segundo plano continúa cuando vuelva la corriente
setting-schedule = Horas de la semana
    .hint = Qué puede transferirse y cuándo, según el reloj de pared
schedule-paint = Arrastre sobre horas o sus nombres; o muévase con las flechas, elija con Mayús y pulse Espacio
schedule-full = Todo
schedule-limited = Limitado
schedule-off = Nada
schedule-clear = Vaciar
day-monday = lun
day-tuesday = mar
day-wednesday = mié
day-thursday = jue
day-friday = vie
day-saturday = sáb
day-sunday = dom

## For what the whole background waits

foot-metered = El segundo plano espera: red de uso medido
foot-battery = El segundo plano espera: con batería
foot-schedule = El segundo plano espera: horario
