# Что говорит Ebb по-русски. В английском файле те же ключи и те же аргументы.
# Сообщение говорит, что случилось; его `.hint` — что попробовать.

## What goes wrong with a file

failure-host-not-found = у имени сервера нет адреса
    .hint = проверьте адрес на опечатки, а также сеть
failure-resolve-failed = не удалось определить адрес сервера
    .hint = проверьте сеть и её серверы имён, затем попробуйте снова
failure-refused = сервер отклоняет соединение
    .hint = проверьте порт в адресе или попробуйте позже
failure-unreachable = сервер недоступен из этой сети
    .hint = проверьте подключение к сети, затем попробуйте снова
failure-connect-timeout = сервер не принял соединение вовремя
    .hint = попробуйте позже или дайте больше времени (--connect-timeout)
failure-connect-failed = не удалось установить соединение
    .hint = проверьте подключение к сети, затем попробуйте снова
failure-proxy = прокси использовать нельзя
    .hint = проверьте адрес прокси или обойдитесь без него (--proxy none)
failure-proxy-authentication = прокси требует имя пользователя и пароль
    .hint = укажите их в адресе прокси: http://ИМЯ:ПАРОЛЬ@СЕРВЕР:ПОРТ
failure-certificate-expired = срок действия сертификата сервера истёк
    .hint = проверьте дату на этом компьютере; если она верна, помочь может только владелец сервера
failure-certificate-not-yet-valid = сертификат сервера ещё не действует
    .hint = проверьте дату на этом компьютере; если она верна, помочь может только владелец сервера
failure-certificate-wrong-name = сертификат сервера выдан на другое имя
    .hint = проверьте адрес: возможно, это не тот сервер
failure-certificate-unknown-issuer = сертификат сервера выдан тем, кому этот компьютер не доверяет
    .hint = если издатель вам известен, укажите и его сертификат (--cacert)
failure-certificate-revoked = сертификат сервера отозван
    .hint = не доверяйте этому серверу, пока владелец не заменит сертификат
failure-certificate-other = сертификату сервера нельзя доверять
    .hint = проверьте адрес и сообщите владельцу сервера
failure-tls-handshake = не удалось договориться о защищённом соединении
    .hint = проверьте, что адрес и порт работают по https, затем попробуйте снова
failure-status-unauthorized = сервер требует имя пользователя и пароль или другие (статус HTTP { $status })
    .hint = укажите имя пользователя и пароль (--user)
failure-status-forbidden = сервер не разрешает эту загрузку (статус HTTP { $status })
    .hint = ссылка могла устареть или требует пользователя либо заголовок: получите новую ссылку
failure-status-not-found = такого файла на сервере нет (статус HTTP { $status })
    .hint = проверьте адрес или найдите более новую ссылку
failure-status-gone = файл удалён с сервера (статус HTTP { $status })
    .hint = найдите более новую ссылку
failure-status-legal = сервер не может выдать этот файл по юридическим причинам (статус HTTP { $status })
    .hint = найдите другой источник
failure-status-too-many = к серверу обращаются слишком часто (статус HTTP { $status })
    .hint = попробуйте позже, с меньшим числом соединений (-x 1)
failure-status-busy = сервер перегружен или на обслуживании (статус HTTP { $status })
    .hint = попробуйте ещё раз позже
failure-status-timeout = серверу надоело ждать (статус HTTP { $status })
    .hint = попробуйте ещё раз позже
failure-status-server = у сервера свои неполадки (статус HTTP { $status })
    .hint = попробуйте ещё раз позже
failure-status-refused = сервер не принимает запрос (статус HTTP { $status })
    .hint = проверьте адрес и указанные заголовки
failure-status-empty = сервер отвечает без файла (статус HTTP { $status })
    .hint = проверьте указанный адрес
failure-retry-after = попробуйте снова через { $time }: об этом просит сервер
failure-retry-at = попробуйте снова после { $moment }: об этом просит сервер
failure-too-many-redirects = адрес перенаправляет дальше больше десяти раз подряд
    .hint = откройте его в браузере и скопируйте адрес самого файла
failure-redirect-loop = адрес ведёт обратно к самому себе
    .hint = откройте его в браузере и скопируйте адрес самого файла
failure-redirect-insecure = сервер перенаправляет с защищённого адреса на незащищённый
    .hint = если вы ему всё же доверяете, укажите адрес http сами
failure-redirect-invalid = сервер перенаправляет на адрес, который никуда не ведёт
    .hint = откройте его в браузере и скопируйте адрес самого файла
failure-bad-answer = ответ сервера не имеет смысла
    .hint = проверьте, что по этому адресу отвечает веб-сервер, затем попробуйте снова
failure-answer-timeout = сервер принял запрос и не ответил вовремя
    .hint = попробуйте позже или дайте больше времени (--stall-timeout)
failure-range-mismatch = сервер прислал не ту часть файла, которую просили
    .hint = попробуйте с одним соединением (-x 1)
failure-ranges-refused = сервер больше не выдаёт файл по частям
    .hint = попробуйте с одним соединением (-x 1)
failure-range-not-satisfiable = файл на сервере короче того, что уже есть здесь
    .hint = возможно, его заменили: попробуйте снова, чтобы загрузить его с начала
failure-range-past-end = в файле на сервере всего { $total }, меньше, чем уже есть здесь
    .hint = возможно, его заменили: попробуйте снова, чтобы загрузить его с начала
failure-connection-lost = соединение прервалось до конца файла
    .hint = попробуйте снова: загрузка продолжится с того, что уже есть
failure-stalled = слишком долго не приходило ни байта
    .hint = попробуйте снова или дайте больше времени (--stall-timeout)
failure-unexpected-encoding = сервер прислал файл сжатым, хотя его просили этого не делать
    .hint = попробуйте другой адрес этого файла
failure-web-page = вместо файла пришла веб-страница
    .hint = откройте адрес в браузере: возможно, нужно войти или ссылка устарела
failure-source-changed = файл на сервере уже не тот, что был начат
    .hint = попробуйте снова, чтобы загрузить новый с начала
failure-disk-full = на диске нет места
    .hint = освободите место или выберите другую папку; загруженное сохранится
failure-disk-full-needed = на диске мало места: нужно ещё { $needed }
    .hint = освободите место или выберите другую папку
failure-disk-full-free = на диске мало места: нужно ещё { $needed }, свободно { $free }
    .hint = освободите место или выберите другую папку
failure-permission-denied = в эту папку нельзя записывать
    .hint = выберите другую папку или измените её права
failure-read-only = диск доступен только для чтения
    .hint = выберите папку на другом диске
failure-not-a-folder = часть пути к папке — это файл
    .hint = выберите какую-нибудь другую папку
failure-destination-gone = папка исчезла во время загрузки
    .hint = верните папку или её диск, затем попробуйте снова
failure-file-too-large = файл слишком велик для файловой системы этого диска
    .hint = выберите папку на другом диске
failure-disk = диск сообщает об ошибке
    .hint = проверьте диск или выберите папку на другом
failure-name-conflict = файл с таким именем уже есть
    .hint = выберите другое имя или папку либо другое правило (--on-conflict)
failure-name-conflict-folder = папка с таким именем уже есть
    .hint = выберите другое имя или папку
failure-in-use = этот файл записывает другая загрузка
    .hint = дождитесь её или выберите другое имя или папку
failure-checksum-mismatch = файл не тот, что ожидался: его { $algorithm } — { $actual }, а не { $expected }
    .hint = проверьте указанную сумму; если она верна, не используйте этот файл и загрузите его из другого места
failure-no-progress = ничего не приходило { $time }; в последний раз: { $last }
failure-store = не удалось записать собственные данные Ebb
    .hint = освободите место на диске с папкой данных Ebb и проверьте её права
failure-credentials-needed = нужно снова указать пользователя, пароль или заголовок
    .hint = начните загрузку заново, указав их

## What a command is refused for

refusal-not-found = с таким идентификатором ничего нет
    .hint = посмотрите, что есть: ebb list
refusal-ambiguous = так начинаются несколько идентификаторов
    .hint = укажите больше знаков идентификатора
refusal-already-exists = этот идентификатор уже занят
    .hint = выберите другой или никакого
refusal-empty = внутри ничего нет
    .hint = сначала добавьте ссылку
refusal-wrong-state = в этом состоянии так сделать нельзя: { $state }
    .hint = сначала посмотрите на состояние
refusal-not-supported = это не поддерживается программой
    .hint = посмотрите, что поддерживается: ebb help
refusal-invalid = такое значение не подходит
    .hint = посмотрите, какие подходят: ebb help

## Ebb itself cannot start

start-store = базу данных Ebb { $path } использовать нельзя
    .hint = проверьте права папки и её диск; возможно, базу записала более новая версия Ebb
start-network = параметры сети использовать нельзя
    .hint = проверьте адрес прокси и сертификат (--proxy, --cacert)
start-system = система не даёт запустить Ebb
    .hint = закройте другие программы, затем попробуйте снова
start-no-folder = для данных Ebb нет папки
    .hint = укажите её в переменной EBB_HOME
start-folder = не удалось создать папку данных Ebb { $path }
    .hint = проверьте права или укажите другую в переменной EBB_HOME
start-in-use = эту очередь использует другой Ebb
    .hint = продолжайте в нём или сначала закройте его
engine-ended = движок Ebb неожиданно завершился
    .hint = повторите ту же команду: загрузка продолжится с того, что уже есть

## The line itself is wrong

link-empty = пустой адрес URL
    .hint = укажите адрес, например https://example.org/file.zip
link-no-scheme = в адресе нет схемы
    .hint = напишите перед ним https:// или http://
link-unsupported-scheme = схема { $scheme } не поддерживается
    .hint = возьмите адрес, который начинается с https:// или http://
link-invalid = это не URL
    .hint = проверьте его на опечатки
link-too-long = адрес длиннее 65 536 байт
    .hint = найдите адрес покороче
pattern-backwards = шаблон { $pattern } считает назад
    .hint = сначала пишите меньшую границу, а для самой скобки — %5B
too-many-urls = здесь больше { $most } адресов
    .hint = укажите меньше за один раз
no-urls = не указано ни одного адреса
    .hint = укажите хотя бы один или список через -i
list-unreadable = список не удаётся прочитать
    .hint = проверьте его имя и права
list-not-text = эта строка не текст UTF-8
    .hint = сохраните список в UTF-8
several-names = одно имя для нескольких файлов
    .hint = уберите -o или укажите один адрес
several-checksums = одна контрольная сумма для нескольких файлов
    .hint = уберите --checksum или укажите один адрес
name-empty = имя файла пустое
    .hint = укажите имя или уберите -o
name-is-path = имя является путём
    .hint = укажите папку через -d, а через -o только имя
name-is-output = стандартный вывод не годится для загрузки
    .hint = укажите имя файла через -o
folder-invalid = это не может быть папкой
    .hint = укажите путь к папке
header-no-colon = заголовок без двоеточия
    .hint = пишите так: -H 'Имя: значение'
header-name = это не имя заголовка
    .hint = до двоеточия допустимы буквы, цифры и дефисы
header-value = в значении заголовка есть переводы строк или управляющие символы
    .hint = укажите каждый заголовок своим -H
header-reserved = этот заголовок отправляет сам Ebb
    .hint = не указывайте его
checksum-form = это не контрольная сумма
    .hint = пишите так: --checksum sha-256=HEX
checksum-algorithm = такой вид контрольной суммы неизвестен
    .hint = используйте md5, sha-1, sha-256 или sha-512
checksum-length = у такой контрольной суммы другая длина
    .hint = нужно цифр: { $digits }; проверьте, все ли на месте
checksum-digits = в контрольной сумме бывают только цифры от 0 до 9 и буквы от a до f
    .hint = проверьте её на опечатки
proxy-invalid = это не адрес прокси
    .hint = пишите так: --proxy http://СЕРВЕР:ПОРТ, или https, socks5, или none
authority-unreadable = файл не удаётся прочитать
    .hint = проверьте его имя и права
authority-none = в этом файле нет сертификата
    .hint = укажите сертификат в формате PEM: -----BEGIN CERTIFICATE-----
user-empty = имя пользователя пустое
    .hint = укажите имя или уберите --user
user-with-password = пароль в командной строке могут прочитать другие
    .hint = укажите только имя, а пароль — в переменной EBB_PASSWORD или по запросу
no-terminal-for-password = нет терминала, чтобы спросить пароль
    .hint = укажите его в переменной EBB_PASSWORD
password-not-text = переменная EBB_PASSWORD — не текст UTF-8
    .hint = сохраните её в UTF-8
password-prompt = Пароль для { $user }:
see-help = смотрите ebb help { $verb }
no-command = такой команды нет
    .hint = смотрите ebb help
no-window = в этой сборке нет окна
    .hint = загружайте так: ebb get URL; смотрите ebb help

## While it runs

note-started-over = файл на сервере изменился: загрузка с начала
note-retry = { $message }: новая попытка через { $time }
note-retry-now = { $message }: новая попытка
note-no-network = нет сети: продолжение, когда она появится
note-disk-full = { $message }: продолжение, когда появится место
note-destination = { $message }: продолжение, когда папка вернётся
note-server-busy = { $message }: продолжение, когда сервер освободится
note-interrupted = остановка; всё сохраняется, и та же команда продолжит отсюда

progress-amount = { $bytes } из { $size }
progress-left = ещё { $time }
progress-more = и ещё { $count }
progress-files = { $done } из { $total } файлов
progress-failed = ошибок: { $count }
progress-connecting = соединение
progress-verifying = проверка
progress-waiting = ожидание
progress-retrying = повтор: { $time }

time-seconds = { $seconds } с
time-minutes = { $minutes } мин { $seconds } с
time-minutes-only = { $minutes } мин
time-hours = { $hours } ч { $minutes } мин
time-hours-only = { $hours } ч
time-days = { $days } д { $hours } ч
time-days-only = { $days } д

## Settings, files and folders on this computer

settings-set-aside = настройки не удалось прочитать, теперь они по умолчанию; прежние лежат в { $path }
    .hint = исправьте этот файл и верните ему прежнее имя или настройте заново
settings-unreadable = настройки не удаётся прочитать, теперь они по умолчанию
    .hint = проверьте права файла: он будет заменён при изменении настройки
settings-bent = у этих настроек были недопустимые значения, теперь они по умолчанию: { $names }
    .hint = задайте эти настройки заново
settings-not-saved = не удалось сохранить настройки в { $path }
    .hint = освободите место на диске и проверьте права папки; до тех пор они действуют только в этот раз
settings-number = это не целое число от { $least } до { $most }
    .hint = укажите число от { $least } до { $most }
settings-folder-relative = у пути к папке нет начала
    .hint = укажите полный путь
settings-folder-not-text = имя папки нельзя записать как текст
    .hint = выберите другую папку или переименуйте эту
settings-proxy = это не адрес прокси
    .hint = пишите так: http://СЕРВЕР:ПОРТ, или с https либо socks5
open-missing = { $path } больше нет на месте
    .hint = поищите там, куда его могли переместить, или загрузите снова
open-program = { $path } может запуститься как программа, а Ebb программ не открывает
    .hint = покажите его в папке и запустите оттуда, если доверяете источнику
open-failed = не удалось открыть { $path }
    .hint = покажите его в папке и выберите там программу для него
trash-missing = { $path } больше нет на месте
    .hint = делать больше ничего не нужно
trash-failed = не удалось переместить { $path } в корзину
    .hint = покажите его в папке и удалите оттуда

## A row of the window

amount-unknown = { $bytes }, размер неизвестен
files-all = { $count ->
    [one] { $count } файл
    [few] { $count } файла
   *[other] { $count } файлов
}
waiting-retry = Ожидание: новая попытка
waiting-network = Ожидание: нет сети
waiting-metered = Ожидание: лимитная сеть
waiting-schedule = Ожидание: расписание
waiting-paused = Ожидание: всё приостановлено
waiting-disk-full = Ожидание: диск полон
waiting-destination = Ожидание: папка
waiting-power = Ожидание: от батареи
waiting-server-busy = Ожидание: сервер занят
waiting-credentials = Ожидание: вход
waiting-until = следующая попытка через { $time }
state-suspended = Приостановлено
state-queued = В очереди
state-connecting = Соединение
state-transferring = Загрузка
state-waiting = Ожидание
state-verifying = Проверка
state-complete = Готово
state-error = Ошибка
state-cancelled = Отменено
group-empty = Пустая группа
row-background = В фоне
row-foreground = На переднем плане
row-servers = { $count ->
    [one] { $count } сервер
    [few] { $count } сервера
   *[other] { $count } серверов
}
row-left = { $speed } · { $time }
row-expand = Показать файлы
row-collapse = Скрыть файлы

## What can be done

deed-suspend = Приостановить
deed-resume = Возобновить
deed-retry = Повторить
deed-foreground = На передний план
deed-background = В фон
deed-cancel = Отменить
deed-remove = Убрать из списка
deed-open = Открыть файл
deed-folder = Открыть папку
deed-trash = Переместить файлы в корзину
deed-top = В самый верх
deed-up = Раньше
deed-down = Позже
deed-bottom = В самый низ
deed-copy = Скопировать ссылки
deed-rename = Переименовать…
deed-limit = Ограничить…

## The window

window-add = Добавить
window-search = Поиск
window-sort = Сортировка
window-settings = Настройки
window-history = История
window-shortcuts = Горячие клавиши
window-clear = Убрать готовые
window-details = Подробности
filter-all = Все
filter-active = Активные
filter-waiting = Ожидающие
filter-suspended = На паузе
filter-finished = Готовые
filter-failed = С ошибкой
sort-queue = Порядок очереди
sort-name = Имя
sort-size = Размер
sort-progress = Прогресс
sort-speed = Скорость
sort-left = Осталось
sort-added = Добавлено
speed-all = Все загрузки
mode-full = Быстро
mode-polite = Вежливо
mode-suspended = Пауза
mode-full-hint = Никто не уступает: всё так быстро, как позволяют ограничения и часы
mode-polite-hint = Фоновые загрузки берут только то, что не нужно другим
mode-suspended-hint = Ничего не загружается
foot-groups = { $count ->
    [one] { $count } группа
    [few] { $count } группы
   *[other] { $count } групп
}
foot-active = активных: { $count }
foot-chosen = выбрано: { $count }
foot-limit = Предел: { $rate }
foot-no-limit = Предел: нет
foot-free = свободно { $bytes }
empty-title = Здесь пока пусто
empty-text = Вставьте ссылку, перетащите список ссылок или нажмите «Добавить».
empty-filter = Таких групп нет
empty-search = Ничего не найдено
drop-here = Перетащите сюда ссылки или списки ссылок
clipboard-offer = В буфере обмена есть ссылка: { $link }
clipboard-add = Добавить её
undo-cancelled = { $count ->
    [1] Отмена «{ $name }» через { $time }
    [one] Отмена { $count } группы через { $time }
   *[other] Отмена { $count } групп через { $time }
}
undo = Вернуть
close = Закрыть
close-details = Закрыть подробности

## Asked before something is cancelled

cancel-title = Отменить?
cancel-text = { $files ->
    [one] Готов { $files } файл.
    [few] Готовы { $files } файла.
   *[other] Готово { $files } файлов.
} { $groups ->
    [1] Незавершённые части этой группы удаляются в любом случае.
    [one] Незавершённые части этой { $groups } группы удаляются в любом случае.
   *[other] Незавершённые части этих { $groups } групп удаляются в любом случае.
}
cancel-keep = Оставить готовые файлы
cancel-delete = Удалить и их
cancel-not = Не отменять

## The keyboard

shortcuts-title = Горячие клавиши
shortcuts-readers = Программы чтения с экрана пока не могут прочитать это окно. Команды умеют то же самое: смотрите ebb help
shortcut-add = Добавить загрузки
shortcut-paste = Добавить из буфера обмена
shortcut-search = Поиск
shortcut-move = Вверх и вниз
shortcut-extend = Выбрать несколько
shortcut-all = Выбрать всё
shortcut-expand = Показать, скрыть файлы
shortcut-toggle = Приостановить, возобновить
shortcut-foreground = Передний план, фон
shortcut-cancel = Отменить или убрать из списка
shortcut-undo = Вернуть отменённое
shortcut-open = Открыть файл
shortcut-folder = Открыть папку
shortcut-copy = Скопировать ссылки
shortcut-rename = Переименовать
shortcut-menu = Меню выбранного
shortcut-details = Подробности
shortcut-earlier = Раньше в очереди
shortcut-later = Позже в очереди
shortcut-suspend-all = Приостановить всё или продолжить
shortcut-history = История
shortcut-settings = Настройки
shortcut-next = Следующая кнопка или поле
shortcut-previous = Предыдущая
shortcut-close = Закрыть открытое
shortcut-help = Этот список
shortcut-quit = Выход

## The end

quit-title = Сохранение…
quit-text = Ebb закроется, как только всё будет в сохранности.

## The settings' screen

settings-title = Настройки
settings-back = Назад
settings-time = это не время от { $least } до { $most }, например 30s или 2m
section-downloads = Загрузки
section-network = Сеть
section-notifications = Уведомления
section-appearance = Внешний вид
section-language = Язык
section-startup = Запуск
section-queue = Очередь
setting-more = Больше
setting-less = Меньше
setting-folder = Папка
    .hint = Куда попадают файлы, если для загрузки не указано иное
setting-folder-choose = Выбрать…
setting-begin = Новые загрузки начинаются
    .hint = В фоне они берут только то, что не нужно другим
setting-begin-background = В фоне
setting-begin-foreground = На полной скорости
setting-begin-suspended = На паузе
setting-conflict = Если файл с таким именем уже есть
    .hint = Ничего не заменяется, пока новый файл не загружен целиком
setting-conflict-rename = Другое имя
setting-conflict-overwrite = Заменить
setting-conflict-skip = Оставить
setting-conflict-fail = Ошибка
setting-parallel = Файлов одновременно
    .hint = Остальные ждут своей очереди
setting-connections = Соединений на файл
    .hint = Не больше; Ebb открывает ещё одно, только если файл загрузится быстрее
setting-host = Соединений на сервер
    .hint = Не больше, на все файлы вместе: многие серверы отклоняют лишние
setting-proxy = Прокси
    .hint = Путь в интернет там, где нет прямого
setting-proxy-system = Как в системе
setting-proxy-none = Без прокси
setting-proxy-own = Этот
setting-proxy-password = Пароль действует до завершения Ebb и не сохраняется
setting-connect-timeout = Ждать соединения
    .hint = Потом оно считается неудачным и пробуется снова
setting-stall-timeout = Ждать следующего байта
    .hint = Потом соединение считается потерянным и открывается новое
setting-notify-done = Когда загрузки завершены
    .hint = Одно уведомление, если несколько завершились вместе
setting-notify-error = Когда загрузка не удалась
    .hint = Только если нужно ваше участие, а не при каждой новой попытке
setting-theme = Тема
    .hint = Светлая, тёмная или как в системе
setting-theme-system = Как в системе
setting-theme-light = Светлая
setting-theme-dark = Тёмная
setting-accent = Акцент
    .hint = Цвет фоновых загрузок и выбранного
accent-ocean = Океан
accent-indigo = Индиго
accent-violet = Фиолетовый
accent-rose = Розовый
accent-amber = Янтарный
accent-moss = Мох
setting-text-size = Размер текста
    .hint = Вместе с ним растёт всё окно
setting-density = Строки
    .hint = Сколько загрузок помещается в окне
setting-density-comfortable = Просторно
setting-density-compact = Плотно
setting-renderer = Чем рисовать
    .hint = Действует со следующего запуска Ebb; процессору нужно меньше памяти
setting-renderer-software = Процессор
setting-renderer-graphics = Видеокарта
setting-language = Язык Ebb
    .hint = В этом окне и его уведомлениях
setting-language-system = Как в системе
language-name = Русский
setting-start = Незавершённые загрузки
    .hint = Что с ними будет при запуске Ebb
setting-start-continue = Продолжить
setting-start-suspended = Ждать меня
setting-clipboard = Предлагать ссылки из буфера обмена
    .hint = Когда скопирована ссылка, Ebb предлагает загрузить её, но никогда не делает этого без спроса
setting-export = Экспорт очереди
    .hint = Все загрузки одним файлом, чтобы хранить или взять с собой; без паролей
setting-export-button = Экспорт…
setting-import = Импорт очереди
    .hint = Добавляет загрузки из такого файла к тем, что уже есть
setting-import-button = Импорт…

## The history

history-title = История
history-back = Назад
history-search = Поиск
history-bytes = загружено
history-files = файлов
history-groups = загрузок
history-clear = Очистить историю
history-clear-really = Точно очистить?
history-today = Сегодня
history-yesterday = Вчера
history-empty = Пока ничего не завершено
    .hint = Загруженное остаётся здесь, даже когда его уже нет в списке
history-no-match = Ничего не найдено
    .hint = Поиск идёт по именам, серверам и папкам
history-folder = Открыть папку

## The queue as a file

export-done = Очередь записана; паролей в ней нет
export-failed = Не удалось записать туда очередь
import-unreadable = файл не удаётся прочитать
    .hint = проверьте права файла
import-not-a-queue = это не очередь Ebb
    .hint = выберите файл, который экспортировал Ebb
import-bad-group = { $group } из файла нельзя принять
    .hint = ничего не добавлено; исправьте файл или экспортируйте его заново

## No window

no-desktop = нет рабочего стола, чтобы открыть окно
    .hint = используйте команды: ebb help
no-window-system = окно не удаётся открыть
    .hint = проверьте рабочий стол или используйте команды: ebb help

## Told on the desktop

notice-completed = Загрузка завершена
notice-failed = Загрузка не удалась

## The details of a group

details-none = Выберите группу, чтобы увидеть подробности
details-overview = Обзор
details-files = Файлы
details-properties = Свойства
details-log = Журнал
details-speed = Скорость
details-speeds = { $now } · наибольшая { $highest }
details-connections = { $count ->
    [one] { $count } соединение
    [few] { $count } соединения
   *[other] { $count } соединений
}
details-from = Откуда
details-resumable = { $scheme }, можно продолжить
details-not-resumable = { $scheme }, нельзя продолжить
details-final-address = Конечный адрес
details-to = Куда
details-size = Размер
details-size-files = { $size }, { $files }
details-checksum = Контрольная сумма
details-checksum-later = { $name }, проверится в конце
details-checksum-right = { $name }, верна
details-type = Тип
details-modified = Изменено
details-server = Сервер
details-added = Добавлено
details-completed = Завершено
details-left = Осталось
details-tries = { $count ->
    [one] { $count } попытка
    [few] { $count } попытки
   *[other] { $count } попыток
}
details-apply = Применить
remedy-change-link = Изменить ссылку
remedy-sign-in = Войти
remedy-copy-address = Скопировать адрес
remedy-choose-folder = Выбрать другую папку
property-name = Имя
property-description = Описание
property-priority = Приоритет
property-limit = Предел, байт в секунду
property-connections = Соединений на файл
property-parallel = Файлов одновременно
property-user = Пользователь
property-password = Пароль
property-on-complete = Команда по завершении
property-notify-done = Сообщить о завершении
property-notify-done-why = Сообщение на рабочем столе
property-notify-error = Сообщить о неудаче
property-notify-error-why = Сообщение на рабочем столе, когда нужно вмешательство
property-no-limit = без предела
property-default = как в настройках
property-set = задано
property-not-set = не задано
property-bound-name = не больше 256 символов
property-bound-description = не больше 1024 символов
property-bound-limit = байт в секунду, например 500k или 2M; пусто — без предела
property-bound-connections = число от 1 до 64; пусто — как в настройках
property-bound-parallel = число от 1 до 256; пусто — как в настройках
property-bound-words = не закрыта кавычка
property-id = Идентификатор
property-copy-id = Скопировать идентификатор
property-created = Создано
property-jobs = Задания
property-folder = Папка
priority-high = Высокий
priority-normal = Обычный
priority-low = Низкий
log-nothing = С запуска Ebb ничего не произошло
log-created = Создано, пока без файлов
log-added = { $count ->
    [one] Добавлен { $count } файл
    [few] Добавлены { $count } файла
   *[other] Добавлено { $count } файлов
}
log-suspended = Приостановлено
log-resumed = Возобновлено
log-cancelled = Отменено
log-foreground = Перемещено на передний план
log-background = Перемещено в фон
log-priority-high = Приоритет: высокий
log-priority-normal = Приоритет: обычный
log-priority-low = Приоритет: низкий
log-link = Ссылка изменена
log-folder-changed = Папка изменена
log-begun = Начато: { $size }
log-begun-unknown = Начато; размер неизвестен
log-goes-on = Продолжается с { $amount }
log-started-over = Начато заново: содержимое на сервере изменилось
log-until = не раньше { $moment }
log-failed = Ошибка: { $message }
log-file-completed = Файл готов
log-completed = Всё готово
log-gave-up = Без вас больше ничего сделать нельзя

## Moments

moment-today = сегодня, { $time }
moment-yesterday = вчера, { $time }
moment-date = { $date }, { $time }
moment-day = { $day } { $month }
moment-day-year = { $day } { $month } { $year }
month-january = янв.
month-february = февр.
month-march = марта
month-april = апр.
month-may = мая
month-june = июня
month-july = июля
month-august = авг.
month-september = сент.
month-october = окт.
month-november = нояб.
month-december = дек.

## The add dialog

add-title = Добавить загрузки
add-links-form = Вставьте или введите ссылки, по одной в строке
add-links = { $count ->
    [one] { $count } ссылка
    [few] { $count } ссылки
   *[other] { $count } ссылок
}
add-aside = и список на { $bytes }, слишком длинный, чтобы показать его здесь
add-aside-remove = Убрать список
add-repeated = из них повторов: { $count }
add-reading = Чтение…
add-one-trouble = строка { $line } непонятна: { $why }
add-troubles = { $count ->
    [one] { $count } строка непонятна
    [few] { $count } строки непонятны
   *[other] { $count } строк непонятны
}
add-trouble = строка { $line }: { $why }
add-troubles-more = Показать больше этих строк
add-troubles-fewer = Показать меньше этих строк
add-name = Имя
add-folder = Папка
add-choose = Выбрать…
add-unfinished = { $count } из этих ссылок уже в очереди
add-unfinished-skip = Пропустить то, что там уже загружается
add-finished = { $count ->
    [one] { $count } из этих ссылок уже загружена раньше
   *[other] { $count } из этих ссылок уже загружены раньше
}
add-finished-skip = Пропустить то, что очередь уже загрузила
add-taken-rename = { $count ->
    [1] Файл с таким именем уже есть в папке; новый получит другое имя
   *[other] Файлы с такими именами уже есть в папке ({ $count }); новые получат другие имена
}
add-taken-overwrite = { $count ->
    [1] Файл с таким именем уже есть в папке; он будет заменён
   *[other] Файлы с такими именами уже есть в папке ({ $count }); они будут заменены
}
add-taken-skip = { $count ->
    [1] Файл с таким именем уже есть в папке; он останется и не загрузится снова
   *[other] Файлы с такими именами уже есть в папке ({ $count }); они останутся и не загрузятся снова
}
add-taken-fail = { $count ->
    [1] Файл с таким именем уже есть в папке; его загрузка не удастся
   *[other] Файлы с такими именами уже есть в папке ({ $count }); их загрузки не удадутся
}
add-how = Как
add-how-background = В фоне
add-how-foreground = На переднем плане
add-how-suspended = На паузе
add-background-means = Берёт только то, что не нужно другим; это можно изменить в любой момент
add-foreground-means = Как можно быстрее, наравне со всем остальным; это можно изменить в любой момент
add-suspended-means = Ничего не загружается, пока вы не возобновите
add-more = Ещё: соединения, вход, заголовки, контрольная сумма, предел, совпадение имён
add-connections = Соединений на файл
add-parallel = Файлов одновременно
add-limit = Предел
add-limit-none = нет или 500k, 2M
add-user = Пользователь
add-password = Пароль
add-checksum = Контрольная сумма
add-headers = Заголовки
add-headers-form = Имя: значение, по одному в строке
add-conflict = Если файл с таким именем уже есть
add-conflict-rename = Другое имя
add-conflict-overwrite = Заменить
add-conflict-skip = Пропустить
add-conflict-fail = Ошибка
add-priority = Приоритет в фоне
add-priority-high = Высокий
add-priority-normal = Обычный
add-priority-low = Низкий
add-close = Отмена
add-do = { $count ->
    [0] Добавить
    [one] Добавить { $count } загрузку
    [few] Добавить { $count } загрузки
   *[other] Добавить { $count } загрузок
}
add-drop-large = { $name } больше, чем { $most }
    .hint = перетащите список покороче
add-drop-binary = { $name } — не текст
    .hint = перетащите список ссылок, по одной в строке
add-drop-unreadable = не удаётся прочитать { $name }
    .hint = проверьте права файла

## Mistakes in fields

typed-long = длиннее { $most } символов
    .hint = сократите текст
typed-rate = это не скорость
    .hint = пишите как 500k или 2M, в байтах в секунду
typed-no-user = пароль без пользователя
    .hint = укажите и пользователя
typed-user-colon = в имени пользователя есть двоеточие
    .hint = укажите только имя, а пароль — в своём поле
typed-checksum = это не контрольная сумма
    .hint = пишите как sha-256=HEX
typed-checksum-one = одна контрольная сумма для нескольких файлов
    .hint = уберите её или укажите одну ссылку
typed-header = заголовок без двоеточия
    .hint = пишите как Имя: значение
typed-header-value = в значении заголовка есть управляющие символы
    .hint = уберите их

## One or two fields to change something

change-link = Изменить ссылку
change-link-field = Новая ссылка
change-sign-in = Войти
change-name = Переименовать
change-group-limit = Предел этой группы
change-limit = Предел всех загрузок
change-limit-field = Байт в секунду
change-ok = ОК

## The queue from a shell

queue-empty = очередь пуста
    .hint = добавьте что-нибудь: ebb add URL
queue-not-running = Ebb не запущен
    .hint = запустите его: ebb serve, или откройте окно
queue-lost = работавший Ebb завершился
    .hint = запустите его снова: ebb serve, или откройте окно
queue-other-version = запущен Ebb версии { $version }
    .hint = используйте ту версию или завершите её и запустите эту
queue-silent = запущенный Ebb не отвечает
    .hint = подождите немного и повторите; иначе завершите его и запустите снова
queue-not-understood = запущенный Ebb и эта команда не понимают друг друга
    .hint = завершите его и запустите снова, чтобы версии совпали
add-into-group = это для новой группы, а --group называет существующую
    .hint = уберите это или измените ту группу: ebb set
set-no-value = свойство без значения
    .hint = пишите так: ИМЯ=ЗНАЧЕНИЕ; без значения бывает только password
set-password-shown = пароль в командной строке могут прочитать другие
    .hint = напишите только password: он будет запрошен или прочитан из стандартного ввода
set-password-unread = пароль не удалось прочитать
    .hint = введите его одной строкой стандартного ввода или в терминале
set-password-prompt = Пароль:
queue-state = Состояние
queue-flags = Флаги
queue-removed = Удалено
queue-notify = Уведомления

## Окно над ebb serve

remote-lost = связь с ebb serve потеряна
    .hint = подождите, пока он вернётся, или запустите его снова
remote-lost-again = Связь с запущенным Ebb потеряна; новая попытка…
foot-remote = Это окно управляет ebb serve. Если закрыть его, загрузки не остановятся.
quit-remote-title = Закрывается…
quit-remote-text = Загрузки продолжаются в ebb serve.

## Когда записать в базу данных нельзя

refusal-not-kept = записать в базу данных Ebb нельзя, поэтому ничего не добавлено
    .hint = освободите место на диске с данными Ebb или проверьте права и попробуйте снова
refusal-kept-later = сделано, но не сохранено: записать в базу данных Ebb нельзя
    .hint = освободите место на диске с данными Ebb: тогда это сохранится; если Ebb завершится раньше, это пропадёт
not-saved = очередь сохранить не удалось: последние изменения потеряны
    .hint = освободите место на диске с данными Ebb или проверьте права, прежде чем запускать снова

## Команда группы

after-not-started = команду по завершении запустить не удалось: { $program }
    .hint = проверьте, на месте ли программа и папка, или измените команду

## Limits and times

log-anyway = Возобновлено вопреки расписанию, сети и питанию
log-waits-again = Снова ждёт расписания, сети и питания
schedule-words = в строке нужны дни, часы, класс и что разрешено
    .hint = например: mon-fri 08-18 background off
schedule-days = это не дни
    .hint = укажите от mon до sun, например mon-fri или sat,sun, либо daily
schedule-hours = это не часы суток
    .hint = укажите 08-18, от 00-01 до 00-24
schedule-class = это не foreground, не background и не all
    .hint = укажите одно из них
schedule-allowance = это не full, не off и не байты в секунду
    .hint = укажите full, off или скорость, например 500k
note-metered = лимитное подключение: загрузка продолжится сама, когда появится другое; без --background ожидания не было бы
note-on-battery = питание от батареи: загрузка продолжится сама, когда вернётся сеть; без --background ожидания не было бы

## What is free on a line

time-milliseconds = { $milliseconds } мс
courtesy-opening = выясняет, что свободно
courtesy-taking = берёт то, что свободно: { $rate }
courtesy-yielding = уступает другим
courtesy-opening-short = выясняет
courtesy-yielding-short = уступает
courtesy-blind = Задержку этой линии отсюда не видно: вместо этого берётся половина наибольшей скорости.
details-delay = Задержка
details-delays = туда и обратно { $trip }, из них { $queue } в очередях

## Waiting for another hour, another network, the mains

waiting-goes-on = продолжится через { $time }
deed-anyway = Всё равно загружать
deed-wait-again = Снова ждать
badge-anyway = Всё равно
details-anyway = Невзирая на стоимость и часы

## Limits and times, in the settings

section-limits = Ограничения
section-times = Часы
setting-limits = Байт в секунду, не больше
    .hint = Для всех загрузок вместе и для всех одного вида; например 500k или 2M, пусто — без ограничения; действуют в любом режиме
setting-metered = Ждать в лимитной сети
    .hint = Фон продолжится, когда появится сеть без платы за трафик
setting-battery = Ждать при питании от батареи
    .hint = Фон продолжится, когда вернётся питание от сети
setting-schedule = Часы недели
    .hint = Что и когда можно загружать, по местным часам
schedule-paint = Тяните по часам или их именам; или стрелки, выбор с Shift и пробел
schedule-full = Всё
schedule-limited = Медленно
schedule-off = Ничего
schedule-clear = Очистить
day-monday = Пн
day-tuesday = Вт
day-wednesday = Ср
day-thursday = Чт
day-friday = Пт
day-saturday = Сб
day-sunday = Вс

## For what the whole background waits

foot-metered = Фоновые загрузки ждут: лимитная сеть
foot-battery = Фоновые загрузки ждут: питание от батареи
foot-schedule = Фоновые загрузки ждут: расписание
