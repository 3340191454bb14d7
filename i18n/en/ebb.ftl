# What Ebb says, in English. The German file has the same keys and the same
# arguments. A message tells what went wrong; its `.hint` tells what to try.

## What goes wrong with a file

failure-host-not-found = the host's name has no address
    .hint = check the address for a typing error, and the network
failure-resolve-failed = the host's name could not be looked up
    .hint = check the network and its name servers, then try again
failure-refused = the server refuses the connection
    .hint = check the port in the address, or try again later
failure-unreachable = the server cannot be reached from this network
    .hint = check the network connection, then try again
failure-connect-timeout = the server did not take the connection in time
    .hint = try again later, or allow more time (--connect-timeout)
failure-connect-failed = the connection could not be opened
    .hint = check the network connection, then try again
failure-proxy = the proxy cannot be used
    .hint = check the proxy's address, or go without it (--proxy none)
failure-proxy-authentication = the proxy wants a user and a password
    .hint = give them in the proxy's address: http://USER:PASSWORD@HOST:PORT
failure-certificate-expired = the server's certificate has expired
    .hint = check this computer's date; otherwise only the server's owner can help
failure-certificate-not-yet-valid = the server's certificate is not valid yet
    .hint = check this computer's date; otherwise only the server's owner can help
failure-certificate-wrong-name = the server's certificate was issued for another name
    .hint = check the address: this may not be the server you mean
failure-certificate-unknown-issuer = the server's certificate was issued by nobody this computer trusts
    .hint = if you know the issuer, give its certificate too (--cacert)
failure-certificate-revoked = the server's certificate has been revoked
    .hint = do not trust this server until its owner has replaced the certificate
failure-certificate-other = the server's certificate cannot be trusted
    .hint = check the address, and tell the server's owner
failure-tls-handshake = no secure connection could be agreed on
    .hint = check that the address and its port speak https, then try again
failure-status-unauthorized = the server wants a user and a password, or other ones (HTTP status { $status })
    .hint = give a user and a password (--user)
failure-status-forbidden = the server does not allow this download (HTTP status { $status })
    .hint = the link may have run out, or need a user or a header: get a fresh link
failure-status-not-found = there is no such file on the server (HTTP status { $status })
    .hint = check the address, or look for a newer link
failure-status-gone = the file has been removed from the server (HTTP status { $status })
    .hint = look for a newer link
failure-status-legal = the server may not give this file out for legal reasons (HTTP status { $status })
    .hint = look for another source
failure-status-too-many = the server is asked too often (HTTP status { $status })
    .hint = try again later, with fewer connections (-x 1)
failure-status-busy = the server is overloaded or being maintained (HTTP status { $status })
    .hint = try again later
failure-status-timeout = the server was tired of waiting (HTTP status { $status })
    .hint = try again later
failure-status-server = the server has trouble of its own (HTTP status { $status })
    .hint = try again later
failure-status-refused = the server does not accept the request (HTTP status { $status })
    .hint = check the address, and the headers that you gave
failure-status-empty = the server answers without a file (HTTP status { $status })
    .hint = check the address
failure-retry-after = try again in { $time }: the server asks for it
failure-retry-at = try again after { $moment }: the server asks for it
failure-too-many-redirects = the address leads on and on, more than ten times
    .hint = open it in a browser, and copy the address of the file itself
failure-redirect-loop = the address leads back to itself
    .hint = open it in a browser, and copy the address of the file itself
failure-redirect-insecure = the server sends a secure address on to one that is not secure
    .hint = if you trust it all the same, give the http address yourself
failure-redirect-invalid = the server sends on to an address that leads nowhere
    .hint = open it in a browser, and copy the address of the file itself
failure-bad-answer = the server's answer makes no sense
    .hint = check that a web server listens at this address, then try again
failure-answer-timeout = the server took the request and did not answer in time
    .hint = try again later, or allow more time (--stall-timeout)
failure-range-mismatch = the server sent another part of the file than the one asked for
    .hint = try with one connection (-x 1)
failure-ranges-refused = the server no longer gives parts of the file
    .hint = try with one connection (-x 1)
failure-range-not-satisfiable = the file on the server is shorter than what is here already
    .hint = it may have been replaced: try again to fetch it from its start
failure-range-past-end = the file on the server has only { $total }, less than what is here already
    .hint = it may have been replaced: try again to fetch it from its start
failure-connection-lost = the connection broke off before the end of the file
    .hint = try again: it goes on from the bytes that are here
failure-stalled = no byte came for too long
    .hint = try again, or allow more time (--stall-timeout)
failure-unexpected-encoding = the server sent the file packed, though it was asked not to
    .hint = try another address for the file
failure-web-page = a web page came instead of the file
    .hint = open the address in a browser: it may want you to log in, or the link has run out
failure-source-changed = the file on the server is not the one that was begun
    .hint = try again to fetch the new one from its start
failure-disk-full = the disk is full
    .hint = make room, or choose another folder; what is here is kept
failure-disk-full-needed = the disk is too small: { $needed } more would be needed
    .hint = make room, or choose another folder
failure-disk-full-free = the disk is too small: { $needed } more would be needed, { $free } are free
    .hint = make room, or choose another folder
failure-permission-denied = this folder may not be written to
    .hint = choose another folder, or change its permissions
failure-read-only = the disk can only be read
    .hint = choose a folder on another disk
failure-not-a-folder = a part of the folder's path is a file
    .hint = choose another folder
failure-destination-gone = the folder has gone while the download ran
    .hint = bring the folder or its disk back, then try again
failure-file-too-large = the file is larger than this disk's file system takes
    .hint = choose a folder on another disk
failure-disk = the disk reports an error
    .hint = check the disk, or choose a folder on another one
failure-name-conflict = there is a file of this name already
    .hint = choose another name or folder, or another rule (--on-conflict)
failure-name-conflict-folder = there is a folder of this name already
    .hint = choose another name or folder
failure-in-use = another download is writing this file
    .hint = wait for it, or choose another name or folder
failure-checksum-mismatch = the file is not the expected one: its { $algorithm } is { $actual }, not { $expected }
    .hint = check the checksum you gave; if it is right, do not use this file, and fetch it from elsewhere
failure-no-progress = nothing came for { $time }; the last time: { $last }
failure-store = Ebb's own records could not be written
    .hint = make room on the disk of Ebb's data folder, and check its permissions
failure-credentials-needed = the user, the password or a header must be given again
    .hint = start the download again with them

## What a command is refused for

refusal-not-found = there is nothing with this id
    .hint = see what there is with: ebb list
refusal-ambiguous = several ids begin like this
    .hint = give more of the id
refusal-already-exists = this id is taken
    .hint = choose another, or none
refusal-empty = there is nothing in it
    .hint = add a URL first
refusal-wrong-state = that cannot be done while it is in this state: { $state }
    .hint = look at its state first
refusal-not-supported = that is not supported
    .hint = see what is: ebb help
refusal-invalid = that value cannot be taken
    .hint = see what can: ebb help

## Ebb itself cannot start

start-store = Ebb's database { $path } cannot be used
    .hint = check the folder's permissions and its disk; a later version of Ebb may have written it
start-network = the network options cannot be used
    .hint = check the proxy's address and the certificate (--proxy, --cacert)
start-system = the system does not let Ebb start
    .hint = close other programs, then try again
start-no-folder = there is no folder for Ebb's data
    .hint = name one with the variable EBB_HOME
start-folder = Ebb's data folder { $path } cannot be made
    .hint = check its permissions, or name another with the variable EBB_HOME
start-in-use = another Ebb is using this queue
    .hint = go on in that one, or close it first
engine-ended = Ebb's engine has ended unexpectedly
    .hint = run the same command again: it goes on from the bytes that are here

## The line itself is wrong

link-empty = the URL is empty
    .hint = give one, like https://example.org/file.zip
link-no-scheme = the URL has no scheme
    .hint = write https:// or http:// before it
link-unsupported-scheme = the scheme { $scheme } is not supported
    .hint = use an address that begins with https:// or http://
link-invalid = this is not a URL
    .hint = check it for a typing error
link-too-long = the URL is longer than 65,536 bytes
    .hint = look for a shorter one
pattern-backwards = the pattern { $pattern } counts down
    .hint = write the smaller end first, or %5B for a bracket that is meant
too-many-urls = these are more than { $most } URLs
    .hint = ask for fewer at a time
no-urls = no URL was given
    .hint = give at least one, or a list of them with -i
list-unreadable = the list cannot be read
    .hint = check its name and its permissions
list-not-text = this line is not UTF-8 text
    .hint = save the list as UTF-8
several-names = one name for several files
    .hint = leave out -o, or give one URL only
several-checksums = one checksum for several files
    .hint = leave out --checksum, or give one URL only
name-empty = the name is empty
    .hint = give a name, or leave out -o
name-is-path = the name is a path
    .hint = give the folder with -d, and only the name with -o
name-is-output = standard output is no place for a download
    .hint = give a file's name with -o
folder-invalid = this cannot be a folder
    .hint = give a folder's path
header-no-colon = a header without a colon
    .hint = write it like this: -H 'Name: value'
header-name = this is no name of a header
    .hint = use letters, digits and hyphens before the colon
header-value = the header's value has line breaks or control characters in it
    .hint = give every header with a -H of its own
header-reserved = this header is Ebb's own to send
    .hint = leave it out
checksum-form = this is not a checksum
    .hint = write it like this: --checksum sha-256=HEX
checksum-algorithm = this kind of checksum is not known
    .hint = use md5, sha-1, sha-256 or sha-512
checksum-length = this is not the length of such a checksum
    .hint = { $digits } digits are needed: check that none is missing
checksum-digits = a checksum has only the digits 0 to 9 and a to f
    .hint = check it for a typing error
proxy-invalid = this is not a proxy's address
    .hint = write it like this: --proxy http://HOST:PORT, or https, socks5, or none
authority-unreadable = the file cannot be read
    .hint = check its name and its permissions
authority-none = there is no certificate in this file
    .hint = give one in PEM form: -----BEGIN CERTIFICATE-----
user-empty = the user's name is empty
    .hint = give a name, or leave out --user
user-with-password = a password in the command line can be read by others
    .hint = give only the name, and the password in the variable EBB_PASSWORD or when asked
no-terminal-for-password = there is no terminal to ask for the password on
    .hint = give it in the variable EBB_PASSWORD
password-not-text = the variable EBB_PASSWORD is not UTF-8 text
    .hint = save it as UTF-8
password-prompt = Password for { $user }:
see-help = see ebb help { $verb }
no-command = there is no such command
    .hint = see ebb help
no-window = this build has no window
    .hint = download with: ebb get URL, and see ebb help

## While it runs

note-started-over = the file on the server has changed: starting over
note-retry = { $message }: trying again in { $time }
note-retry-now = { $message }: trying again
note-no-network = no network: going on when it is back
note-disk-full = { $message }: going on when there is room
note-destination = { $message }: going on when the folder is back
note-server-busy = { $message }: going on when the server has a place
note-interrupted = stopping; everything is kept, and the same command goes on from here

progress-amount = { $bytes } of { $size }
progress-left = { $time } left
progress-more = and { $count } more
progress-files = { $done } of { $total } files
progress-failed = { $count } failed
progress-connecting = connecting
progress-verifying = verifying
progress-waiting = waiting
progress-retrying = trying again in { $time }

time-seconds = { $seconds } s
time-minutes = { $minutes } min { $seconds } s
time-minutes-only = { $minutes } min
time-hours = { $hours } h { $minutes } min
time-hours-only = { $hours } h
time-days = { $days } d { $hours } h
time-days-only = { $days } d

## Settings, files and folders on this computer

settings-set-aside = the settings could not be read and are the defaults now; the old ones stand in { $path }
    .hint = mend that file and give it its old name back, or set them anew
settings-unreadable = the settings cannot be read and are the defaults now
    .hint = check the file's permissions: it is replaced when a setting is changed
settings-bent = these settings had values that cannot be, and have their defaults now: { $names }
    .hint = set them anew
settings-not-saved = the settings could not be saved in { $path }
    .hint = make room on its disk, and check the folder's permissions; until then they hold for this time only
settings-number = this is not a whole number from { $least } to { $most }
    .hint = give one from { $least } to { $most }
settings-folder-relative = the folder's path has no beginning
    .hint = give the whole path
settings-folder-not-text = the folder's name cannot be written as text
    .hint = choose another folder, or rename it
settings-proxy = this is not a proxy's address
    .hint = write it like this: http://HOST:PORT, or with https or socks5
open-missing = { $path } is no longer there
    .hint = look for it where it may have been moved to, or download it again
open-program = { $path } could run as a program, and Ebb opens none
    .hint = show it in its folder, and start it there if you trust where it comes from
open-failed = { $path } could not be opened
    .hint = show it in its folder, and choose a program for it there
trash-missing = { $path } is no longer there
    .hint = there is nothing left to do
trash-failed = { $path } could not be moved to the trash
    .hint = show it in its folder, and delete it there

## A row of the window

amount-unknown = { $bytes }, size unknown
files-all = { $count ->
    [one] 1 file
   *[other] { $count } files
}
waiting-retry = Waiting: trying again
waiting-network = Waiting: no network
waiting-metered = Waiting: metered network
waiting-schedule = Waiting: schedule
waiting-paused = Waiting: all suspended
waiting-disk-full = Waiting: disk full
waiting-destination = Waiting: folder
waiting-power = Waiting: on battery
waiting-server-busy = Waiting: server busy
waiting-credentials = Waiting: sign in
waiting-until = next try in { $time }
state-suspended = Suspended
state-queued = Queued
state-connecting = Connecting
state-transferring = Transferring
state-waiting = Waiting
state-verifying = Verifying
state-complete = Complete
state-error = Error
state-cancelled = Cancelled
group-empty = Empty group
row-background = Background
row-foreground = Foreground
row-servers = { $count } servers
row-left = { $speed } · { $time }
row-expand = Show its files
row-collapse = Hide its files

## What can be done

deed-suspend = Suspend
deed-resume = Resume
deed-retry = Try again
deed-foreground = To the foreground
deed-background = To the background
deed-cancel = Cancel
deed-remove = Take off the list
deed-open = Open the file
deed-folder = Open its folder
deed-trash = Move files to the trash
deed-top = To the top
deed-up = Earlier
deed-down = Later
deed-bottom = To the bottom
deed-copy = Copy the links
deed-rename = Rename…
deed-limit = Limit…

## The window

window-add = Add
window-search = Search
window-sort = Sort
window-settings = Settings
window-history = History
window-shortcuts = Shortcuts
window-clear = Clear finished
window-details = Details
filter-all = All
filter-active = Active
filter-waiting = Waiting
filter-suspended = Suspended
filter-finished = Finished
filter-failed = Failed
sort-queue = Order of the queue
sort-name = Name
sort-size = Size
sort-progress = Progress
sort-speed = Speed
sort-left = Time left
sort-added = Added
speed-all = All transfers
mode-full = Full speed
mode-polite = Polite
mode-suspended = Suspended
mode-full-hint = Nobody gives way: everything as fast as limits and hours allow
mode-polite-hint = Background transfers use only what nobody else is using
mode-suspended-hint = Nothing is transferred
foot-groups = { $count ->
    [one] 1 group
   *[other] { $count } groups
}
foot-active = { $count } active
foot-chosen = { $count } chosen
foot-limit = Limit: { $rate }
foot-no-limit = Limit: none
foot-free = { $bytes } free
empty-title = Nothing here yet
empty-text = Paste a link, drop a list of links, or press Add.
empty-filter = No group is like this
empty-search = Nothing is found
drop-here = Drop links or lists of links here
clipboard-offer = A link is on the clipboard: { $link }
clipboard-add = Add it
undo-cancelled = { $count ->
    [one] { $name } will be cancelled in { $time }
   *[other] { $count } groups will be cancelled in { $time }
}
undo = Undo
close = Close
close-details = Close the details

## Asked before something is cancelled

cancel-title = Cancel?
cancel-text = { $files ->
    [one] 1 file is complete.
   *[other] { $files } files are complete.
} { $groups ->
    [one] The unfinished parts of this group go in any case.
   *[other] The unfinished parts of these { $groups } groups go in any case.
}
cancel-keep = Keep finished files
cancel-delete = Delete them, too
cancel-not = Do not cancel

## The keyboard

shortcuts-title = Shortcuts
shortcuts-readers = Screen readers cannot read this window yet. The commands can do the same: see ebb help
shortcut-add = Add downloads
shortcut-paste = Add what is on the clipboard
shortcut-search = Search
shortcut-move = Up and down
shortcut-extend = Choose several
shortcut-all = Choose all
shortcut-expand = Show files, hide files
shortcut-toggle = Suspend, resume
shortcut-foreground = Foreground, background
shortcut-cancel = Cancel, or take off the list
shortcut-undo = Undo a cancel
shortcut-open = Open the file
shortcut-folder = Open its folder
shortcut-copy = Copy the links
shortcut-rename = Rename
shortcut-menu = Menu of what is chosen
shortcut-details = Details
shortcut-earlier = Earlier in the queue
shortcut-later = Later in the queue
shortcut-suspend-all = Suspend all, or go on
shortcut-history = History
shortcut-settings = Settings
shortcut-next = Next button or field
shortcut-previous = The one before
shortcut-close = Close what is open
shortcut-help = This list
shortcut-quit = Quit

## The end

quit-title = Saving…
quit-text = Ebb closes when everything is safe.

## The settings' screen

settings-title = Settings
settings-back = Back
settings-time = this is not a time from { $least } to { $most }, as 30s or 2m
section-downloads = Downloads
section-network = Network
section-notifications = Notifications
section-appearance = Appearance
section-language = Language
section-startup = Start-up
section-queue = Queue
setting-more = More
setting-less = Less
setting-folder = Folder
    .hint = Where files go unless a download says otherwise
setting-folder-choose = Choose…
setting-begin = New downloads begin
    .hint = In the background they use only what nobody else is using
setting-begin-background = In the background
setting-begin-foreground = At full speed
setting-begin-suspended = Suspended
setting-conflict = When a file of that name is there
    .hint = Nothing is replaced before the new file is whole
setting-conflict-rename = Another name
setting-conflict-overwrite = Replace it
setting-conflict-skip = Leave it
setting-conflict-fail = Error
setting-parallel = Files at a time
    .hint = The others wait for their turn
setting-connections = Connections per file
    .hint = At most; Ebb opens another only where it makes the file faster
setting-host = Connections per server
    .hint = At most, of all files together: many servers refuse more
setting-proxy = Proxy
    .hint = The way into the internet, where there is no direct one
setting-proxy-system = The system’s
setting-proxy-none = None
setting-proxy-own = This one
setting-proxy-password = The password is used until Ebb ends, and is not saved
setting-connect-timeout = Wait for a connection
    .hint = Then it counts as failed and is tried again
setting-stall-timeout = Wait for the next byte
    .hint = Then the connection counts as lost and a new one is opened
setting-notify-done = When downloads are complete
    .hint = One notification for several that end together
setting-notify-error = When a download fails
    .hint = Only when it needs you, not at each new try
setting-theme = Theme
    .hint = Light or dark, or as the system has it
setting-theme-system = System
setting-theme-light = Light
setting-theme-dark = Dark
setting-accent = Accent
    .hint = The colour of background downloads and of what is chosen
accent-ocean = Ocean
accent-indigo = Indigo
accent-violet = Violet
accent-rose = Rose
accent-amber = Amber
accent-moss = Moss
setting-text-size = Text size
    .hint = The whole window grows with it
setting-density = Rows
    .hint = How many downloads fit into the window
setting-density-comfortable = Comfortable
setting-density-compact = Compact
setting-renderer = Drawn by
    .hint = Holds from the next start of Ebb; the processor needs less memory
setting-renderer-software = The processor
setting-renderer-graphics = The graphics card
setting-language = Ebb speaks
    .hint = In this window and its notifications
setting-language-system = The system’s
language-name = English
setting-start = Unfinished downloads
    .hint = What becomes of them when Ebb starts
setting-start-continue = Go on
setting-start-suspended = Wait for me
setting-clipboard = Offer links from the clipboard
    .hint = When a link is copied Ebb offers to download it, and never does so unasked
setting-export = Export the queue
    .hint = All downloads as a file, to keep or to take along; passwords are not in it
setting-export-button = Export…
setting-import = Import a queue
    .hint = Adds the downloads of such a file to those that are there
setting-import-button = Import…

## The history

history-title = History
history-back = Back
history-search = Search
history-bytes = downloaded
history-files = files
history-groups = downloads
history-clear = Clear history
history-clear-really = Really clear it?
history-today = Today
history-yesterday = Yesterday
history-empty = Nothing is complete yet
    .hint = What has been downloaded is remembered here, also when it is off the list
history-no-match = Nothing matches
    .hint = Names, servers and folders are searched
history-folder = Open folder

## The queue as a file

export-done = The queue was written; passwords are not in it
export-failed = The queue could not be written there
import-unreadable = the file cannot be read
    .hint = check its permissions
import-not-a-queue = this is no queue of Ebb's
    .hint = choose a file that Ebb has exported
import-bad-group = { $group } in the file cannot be taken
    .hint = nothing was added; mend the file, or export it again

## No window

no-desktop = there is no desktop to open a window on
    .hint = use the commands: ebb help
no-window-system = the window cannot be opened
    .hint = check the desktop, or use the commands: ebb help

## Told on the desktop

notice-completed = Download complete
notice-failed = Download failed

## The details of a group

details-none = Choose a group to see its details
details-overview = Overview
details-files = Files
details-properties = Properties
details-log = Log
details-speed = Speed
details-speeds = { $now } · highest { $highest }
details-connections = { $count ->
    [one] 1 connection
   *[other] { $count } connections
}
details-from = From
details-resumable = { $scheme }, can resume
details-not-resumable = { $scheme }, cannot resume
details-final-address = Final address
details-to = To
details-size = Size
details-size-files = { $size }, { $files }
details-checksum = Checksum
details-checksum-later = { $name }, checked when done
details-checksum-right = { $name }, right
details-type = Type
details-modified = Last changed
details-server = Server
details-added = Added
details-completed = Completed
details-left = Time left
details-tries = Tried { $count } times
details-apply = Apply
remedy-change-link = Change the link
remedy-sign-in = Sign in
remedy-copy-address = Copy the address
remedy-choose-folder = Choose another folder
property-name = Name
property-description = Description
property-priority = Priority
property-limit = Limit, bytes a second
property-connections = Connections a file
property-parallel = Files at a time
property-user = User
property-password = Password
property-on-complete = Command to run when complete
property-notify-done = Tell me when it is complete
property-notify-done-why = A message on the desktop
property-notify-error = Tell me when it fails
property-notify-error-why = A message on the desktop when a person is needed
property-no-limit = no limit
property-default = as in the settings
property-set = set
property-not-set = not set
property-bound-name = at most 256 characters
property-bound-description = at most 1,024 characters
property-bound-limit = bytes a second, like 500k or 2M; empty for no limit
property-bound-connections = a number from 1 to 64; empty for the one of the settings
property-bound-parallel = a number from 1 to 256; empty for the one of the settings
property-bound-words = a quote is not closed
property-id = Id
property-copy-id = Copy the id
property-created = Made
property-jobs = Jobs
property-folder = Folder
priority-high = High
priority-normal = Normal
priority-low = Low
log-nothing = Nothing has happened since Ebb was started
log-created = Made, without files yet
log-added = { $count ->
    [one] 1 file added
   *[other] { $count } files added
}
log-suspended = Suspended
log-resumed = Resumed
log-cancelled = Cancelled
log-foreground = Moved to the foreground
log-background = Moved to the background
log-priority-high = Priority: high
log-priority-normal = Priority: normal
log-priority-low = Priority: low
log-link = The link was changed
log-folder-changed = The folder was changed
log-begun = Begun: { $size }
log-begun-unknown = Begun; its size is unknown
log-goes-on = Goes on from { $amount }
log-started-over = Started over: what is on the server has changed
log-until = not before { $moment }
log-failed = Failed: { $message }
log-file-completed = File complete
log-completed = All complete
log-gave-up = Nothing more can be done without you

## Moments

moment-today = today, { $time }
moment-yesterday = yesterday, { $time }
moment-date = { $date }, { $time }
moment-day = { $day } { $month }
moment-day-year = { $day } { $month } { $year }
month-january = Jan
month-february = Feb
month-march = Mar
month-april = Apr
month-may = May
month-june = Jun
month-july = Jul
month-august = Aug
month-september = Sep
month-october = Oct
month-november = Nov
month-december = Dec

## The add dialog

add-title = Add downloads
add-links-form = Paste or type links here, one a line
add-links = { $count ->
    [one] 1 link
   *[other] { $count } links
}
add-aside = and a list of { $bytes } that is too long to be shown here
add-aside-remove = Remove the list
add-repeated = { $count } of them twice
add-reading = Reading…
add-one-trouble = line { $line } was not understood: { $why }
add-troubles = { $count ->
    [one] 1 line was not understood
   *[other] { $count } lines were not understood
}
add-trouble = line { $line }: { $why }
add-troubles-more = Show more of these lines
add-troubles-fewer = Show fewer of these lines
add-name = Name
add-folder = Folder
add-choose = Choose…
add-unfinished = { $count ->
    [one] 1 of these links is in the queue already
   *[other] { $count } of these links are in the queue already
}
add-unfinished-skip = Leave out what is on its way there
add-finished = { $count ->
    [one] 1 of these links has been downloaded before
   *[other] { $count } of these links have been downloaded before
}
add-finished-skip = Leave out what the queue has finished
add-taken-rename = { $count ->
    [one] 1 file of this name is in the folder already; the new one gets another name
   *[other] { $count } files of these names are in the folder already; the new ones get other names
}
add-taken-overwrite = { $count ->
    [one] 1 file of this name is in the folder already; it will be replaced
   *[other] { $count } files of these names are in the folder already; they will be replaced
}
add-taken-skip = { $count ->
    [one] 1 file of this name is in the folder already; it stays, and is not downloaded again
   *[other] { $count } files of these names are in the folder already; they stay, and are not downloaded again
}
add-taken-fail = { $count ->
    [one] 1 file of this name is in the folder already; its download will fail
   *[other] { $count } files of these names are in the folder already; their downloads will fail
}
add-how = How
add-how-background = In the background
add-how-foreground = Foreground
add-how-suspended = Suspended
add-background-means = Uses only what nobody else is using; you can change it at any time
add-foreground-means = As fast as it can, beside everything else; you can change it at any time
add-suspended-means = Nothing is transferred until you resume it
add-more = More: connections, sign-in, headers, checksum, limit, name conflicts
add-connections = Connections a file
add-parallel = Files at a time
add-limit = Limit
add-limit-none = none, or 500k, 2M
add-user = User
add-password = Password
add-checksum = Checksum
add-headers = Headers
add-headers-form = Name: value, one a line
add-conflict = If there is a file of the same name
add-conflict-rename = Another name
add-conflict-overwrite = Replace it
add-conflict-skip = Skip
add-conflict-fail = Fail
add-priority = Priority in the background
add-priority-high = High
add-priority-normal = Normal
add-priority-low = Low
add-close = Cancel
add-do = { $count ->
    [0] Add
    [one] Add 1 download
   *[other] Add { $count } downloads
}
add-drop-large = { $name } is larger than { $most }
    .hint = drop a shorter list
add-drop-binary = { $name } is not a text
    .hint = drop a list of links, one a line
add-drop-unreadable = { $name } cannot be read
    .hint = check its permissions

## Mistakes in fields

typed-long = this is longer than { $most } characters
    .hint = shorten it
typed-rate = this is not a speed
    .hint = write it like 500k or 2M, in bytes a second
typed-no-user = a password without a user
    .hint = give the user, too
typed-user-colon = there is a colon in the user's name
    .hint = give only the name, and the password in its own field
typed-checksum = this is not a checksum
    .hint = write it like sha-256=HEX
typed-checksum-one = one checksum for several files
    .hint = leave it out, or give one link only
typed-header = a header without a colon
    .hint = write it like Name: value
typed-header-value = the header's value has control characters in it
    .hint = leave them out

## One or two fields to change something

change-link = Change the link
change-link-field = New link
change-sign-in = Sign in
change-name = Rename
change-group-limit = Limit of this group
change-limit = Limit of all transfers
change-limit-field = Bytes a second
change-ok = OK

## The queue from a shell

queue-empty = the queue is empty
    .hint = add to it with: ebb add URL
queue-not-running = no Ebb is running
    .hint = start one with: ebb serve, or open the window
queue-lost = the running Ebb has ended
    .hint = start it again with: ebb serve, or open the window
queue-other-version = the running Ebb is version { $version }
    .hint = use that version, or end it and start this one
queue-silent = the running Ebb does not answer
    .hint = wait a moment and try again; otherwise end it and start it again
queue-not-understood = the running Ebb and this command do not understand each other
    .hint = end it and start it again, so that both are the same version
add-into-group = this is for a new group, and --group names one that stands
    .hint = leave it out, or change that group with: ebb set
set-no-value = a property without a value
    .hint = write it like this: NAME=VALUE; only password stands alone
set-password-shown = a password in the command line can be read by others
    .hint = write only password: it is asked for, or read from standard input
set-password-unread = no password could be read
    .hint = give it as one line of standard input, or on the terminal
set-password-prompt = Password:
queue-state = State
queue-flags = Flags
queue-removed = Removed
queue-notify = Notices

## The window over ebb serve

remote-lost = the connection to ebb serve is lost
    .hint = wait until it is back, or start it again
remote-lost-again = The connection to the running Ebb is lost; trying again…
foot-remote = This window steers ebb serve. Closing it stops no download.
quit-remote-title = Closing…
quit-remote-text = The downloads go on in ebb serve.

## When the database cannot be written

refusal-not-kept = Ebb's database cannot be written, so nothing was added
    .hint = make room on the disk of Ebb's data, or check its permissions, and try again
refusal-kept-later = done, but not saved: Ebb's database cannot be written
    .hint = make room on the disk of Ebb's data: it is saved then, and lost if Ebb ends before
not-saved = the queue could not be saved: what changed last is lost
    .hint = make room on the disk of Ebb's data, or check its permissions, before starting again

## A group's command

after-not-started = the command to run when complete was not started: { $program }
    .hint = check that the program and the folder are there, or change the command

## Limits and times

log-anyway = Resumed, whatever the hour, the network or the mains
log-waits-again = Waits again for the hour, the network and the mains
schedule-words = a line has days, hours, a class and what is allowed
    .hint = as: mon-fri 08-18 background off
schedule-days = these are no days
    .hint = use mon to sun, as mon-fri or sat,sun, or daily
schedule-hours = these are no hours of a day
    .hint = use 08-18, from 00-01 to 00-24
schedule-class = this is neither foreground nor background nor all
    .hint = use one of them
schedule-allowance = this is neither full nor off nor bytes a second
    .hint = use full, off, or a rate such as 500k
note-metered = the network is metered: it goes on by itself when another one is there; without --background it would not wait
note-on-battery = no mains: it goes on by itself when they are back; without --background it would not wait

## What is free on a line

time-milliseconds = { $milliseconds } ms
courtesy-opening = finding out what is free
courtesy-taking = using what is free: { $rate }
courtesy-yielding = giving way to other traffic
courtesy-opening-short = finding out
courtesy-yielding-short = giving way
courtesy-blind = The delay of this line cannot be seen here: half of the highest speed is used instead.
details-delay = Delay
details-delays = round trip { $trip }, of which { $queue } in queues

## Waiting for another hour, another network, the mains

waiting-goes-on = goes on in { $time }
deed-anyway = Download anyway
deed-wait-again = Wait again
badge-anyway = Anyway
details-anyway = Regardless of cost and hours

## Limits and times, in the settings

section-limits = Limits
section-times = Times
setting-limits = Most bytes a second
    .hint = Of all transfers together, and of all of a kind; like 500k or 2M, empty is no limit; they hold in every mode
setting-metered = Wait on metered networks
    .hint = Background downloads go on when a network is there that costs nothing by the byte
setting-battery = Wait on battery
    .hint = Background downloads go on when the mains are back
setting-schedule = Hours of the week
    .hint = What may be transferred when, by the clock on the wall
schedule-paint = Drag over hours or their names; or move with the arrows, choose with Shift, and press Space
schedule-full = Full
schedule-limited = Limited
schedule-off = Nothing
schedule-clear = Clear
day-monday = Mon
day-tuesday = Tue
day-wednesday = Wed
day-thursday = Thu
day-friday = Fri
day-saturday = Sat
day-sunday = Sun

## For what the whole background waits

foot-metered = Background downloads wait: metered network
foot-battery = Background downloads wait: on battery
foot-schedule = Background downloads wait: schedule
