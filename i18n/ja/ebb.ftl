# Ebb の日本語の文言。キーと引数は英語のファイルと同じ。
# メッセージは何が起きたかを、その `.hint` は何を試せるかを伝える。

## What goes wrong with a file

failure-host-not-found = サーバー名に対応するアドレスがありません
    .hint = アドレスの入力ミスとネットワークを確認してください
failure-resolve-failed = サーバー名を解決できませんでした
    .hint = ネットワークと DNS サーバーを確認して、もう一度お試しください
failure-refused = サーバーが接続を拒否しています
    .hint = アドレスのポートを確認するか、後でもう一度お試しください
failure-unreachable = このネットワークからはサーバーに到達できません
    .hint = ネットワーク接続を確認して、もう一度お試しください
failure-connect-timeout = サーバーが時間内に接続を受け付けませんでした
    .hint = 後でもう一度試すか、待ち時間を長くしてください (--connect-timeout)
failure-connect-failed = 接続を開けませんでした
    .hint = ネットワーク接続を確認して、もう一度お試しください
failure-proxy = プロキシを使用できません
    .hint = プロキシのアドレスを確認するか、使わずにお試しください (--proxy none)
failure-proxy-authentication = プロキシがユーザー名とパスワードを求めています
    .hint = プロキシのアドレスに含めてください: http://ユーザー:パスワード@ホスト:ポート
failure-certificate-expired = サーバーの証明書の有効期限が切れています
    .hint = このコンピューターの日付を確認してください。正しければ、対処できるのはサーバーの管理者だけです
failure-certificate-not-yet-valid = サーバーの証明書はまだ有効になっていません
    .hint = このコンピューターの日付を確認してください。正しければ、対処できるのはサーバーの管理者だけです
failure-certificate-wrong-name = サーバーの証明書は別の名前に対して発行されています
    .hint = アドレスを確認してください。目的のサーバーではない可能性があります
failure-certificate-unknown-issuer = サーバーの証明書の発行元を、このコンピューターは信頼していません
    .hint = 発行元に心当たりがあれば、その証明書も指定してください (--cacert)
failure-certificate-revoked = サーバーの証明書は失効しています
    .hint = 管理者が証明書を交換するまで、このサーバーを信頼しないでください
failure-certificate-other = サーバーの証明書を信頼できません
    .hint = アドレスを確認し、サーバーの管理者に知らせてください
failure-tls-handshake = 安全な接続を確立できませんでした
    .hint = アドレスとポートが https に対応しているか確認して、もう一度お試しください
failure-status-unauthorized = サーバーがユーザー名とパスワード、または別のものを求めています (HTTP ステータス { $status })
    .hint = ユーザー名とパスワードを指定してください (--user)
failure-status-forbidden = サーバーがこのダウンロードを許可していません (HTTP ステータス { $status })
    .hint = リンクの期限切れか、ログインやヘッダーが必要かもしれません。新しいリンクを取得してください
failure-status-not-found = そのファイルはサーバーにありません (HTTP ステータス { $status })
    .hint = アドレスを確認するか、新しいリンクを探してください
failure-status-gone = ファイルはサーバーから削除されました (HTTP ステータス { $status })
    .hint = 新しいリンクを探してください
failure-status-legal = サーバーは法的な理由でこのファイルを提供できません (HTTP ステータス { $status })
    .hint = ほかの配布元を探してください
failure-status-too-many = サーバーへの要求が多すぎます (HTTP ステータス { $status })
    .hint = 後で接続数を減らしてお試しください (-x 1)
failure-status-busy = サーバーが過負荷またはメンテナンス中です (HTTP ステータス { $status })
    .hint = 後でもう一度お試しください
failure-status-timeout = サーバーが待ちきれず終了しました (HTTP ステータス { $status })
    .hint = 後でもう一度お試しください
failure-status-server = サーバー自体に問題が起きています (HTTP ステータス { $status })
    .hint = 後でもう一度お試しください
failure-status-refused = サーバーが要求を受け付けません (HTTP ステータス { $status })
    .hint = アドレスと指定したヘッダーを確認してください
failure-status-empty = サーバーの応答にファイルがありません (HTTP ステータス { $status })
    .hint = アドレスを確認してください
failure-retry-after = { $time }後にもう一度お試しください (サーバーからの要請)
failure-retry-at = { $moment } 以降にもう一度お試しください (サーバーからの要請)
failure-too-many-redirects = アドレスの転送が 10 回を超えて続きました
    .hint = ブラウザーで開き、ファイル自体のアドレスをコピーしてください
failure-redirect-loop = アドレスが自分自身に転送されています
    .hint = ブラウザーで開き、ファイル自体のアドレスをコピーしてください
failure-redirect-insecure = サーバーが安全なアドレスから安全でないアドレスへ転送しています
    .hint = それでも信頼できる場合は、http のアドレスをご自身で指定してください
failure-redirect-invalid = サーバーが無効なアドレスへ転送しています
    .hint = ブラウザーで開き、ファイル自体のアドレスをコピーしてください
failure-bad-answer = サーバーの応答を解釈できません
    .hint = このアドレスで Web サーバーが動いているか確認して、もう一度お試しください
failure-answer-timeout = サーバーは要求を受け取りましたが、時間内に応答しませんでした
    .hint = 後でもう一度試すか、待ち時間を長くしてください (--stall-timeout)
failure-range-mismatch = サーバーが要求とは別の部分を送ってきました
    .hint = 接続を 1 つにしてお試しください (-x 1)
failure-ranges-refused = サーバーがファイルの部分取得に応じなくなりました
    .hint = 接続を 1 つにしてお試しください (-x 1)
failure-range-not-satisfiable = サーバー上のファイルは、取得済みの部分より短くなっています
    .hint = 差し替えられた可能性があります。もう一度試すと最初から取得します
failure-range-past-end = サーバー上のファイルは { $total } しかなく、取得済みの部分より小さくなっています
    .hint = 差し替えられた可能性があります。もう一度試すと最初から取得します
failure-connection-lost = ファイルの途中で接続が切れました
    .hint = もう一度お試しください。取得済みの続きから再開します
failure-stalled = 長い間データが届いていません
    .hint = もう一度試すか、待ち時間を長くしてください (--stall-timeout)
failure-unexpected-encoding = 圧縮しないよう求めたのに、サーバーが圧縮したファイルを送ってきました
    .hint = ファイルの別のアドレスをお試しください
failure-web-page = ファイルではなく Web ページが届きました
    .hint = ブラウザーでアドレスを開いてください。ログインが必要か、リンクの期限切れかもしれません
failure-source-changed = サーバー上のファイルが、開始時のものと変わっています
    .hint = もう一度試すと、新しいファイルを最初から取得します
failure-disk-full = ディスクに空きがありません
    .hint = 空きを作るか、別のフォルダーを選んでください。取得済みの部分は残ります
failure-disk-full-needed = ディスクの空きが足りません。あと { $needed } 必要です
    .hint = 空きを作るか、別のフォルダーを選んでください
failure-disk-full-free = ディスクの空きが足りません。あと { $needed } 必要ですが、空きは { $free } です
    .hint = 空きを作るか、別のフォルダーを選んでください
failure-permission-denied = このフォルダーには書き込めません
    .hint = 別のフォルダーを選ぶか、アクセス権を変更してください
failure-read-only = ディスクは読み取り専用です
    .hint = 別のディスクのフォルダーを選んでください
failure-not-a-folder = フォルダーのパスの途中にファイルがあります
    .hint = 別のフォルダーを選んでください
failure-destination-gone = ダウンロード中にフォルダーがなくなりました
    .hint = フォルダーまたはそのディスクを元に戻して、もう一度お試しください
failure-file-too-large = ファイルがこのディスクのファイルシステムの上限を超えています
    .hint = 別のディスクのフォルダーを選んでください
failure-disk = ディスクがエラーを報告しています
    .hint = ディスクを確認するか、別のディスクのフォルダーを選んでください
failure-name-conflict = 同じ名前のファイルがすでにあります
    .hint = 別の名前かフォルダー、または別の規則を選んでください (--on-conflict)
failure-name-conflict-folder = 同じ名前のフォルダーがすでにあります
    .hint = 別の名前かフォルダーを選んでください
failure-in-use = 別のダウンロードがこのファイルに書き込んでいます
    .hint = 終わるのを待つか、別の名前かフォルダーを選んでください
failure-checksum-mismatch = 期待したファイルではありません。{ $algorithm } は { $expected } ではなく { $actual } です
    .hint = 指定したチェックサムを確認してください。正しければ、このファイルは使わず、別の場所から取得してください
failure-no-progress = { $time }の間、何も届きませんでした。最後の状況: { $last }
failure-store = Ebb 自身の記録を書き込めませんでした
    .hint = Ebb のデータフォルダーがあるディスクに空きを作り、アクセス権を確認してください
failure-credentials-needed = ユーザー名、パスワード、またはヘッダーをもう一度指定する必要があります
    .hint = それらを指定して、ダウンロードを開始し直してください

## What a command is refused for

refusal-not-found = この ID のものはありません
    .hint = 一覧を確認: ebb list
refusal-ambiguous = この文字で始まる ID が複数あります
    .hint = ID をもっと長く指定してください
refusal-already-exists = この ID はすでに使われています
    .hint = 別の ID を選ぶか、指定しないでください
refusal-empty = 中身がありません
    .hint = 先に URL を追加してください
refusal-wrong-state = この状態ではできません: { $state }
    .hint = 先に状態を確認してください
refusal-not-supported = それには対応していません
    .hint = できることを確認: ebb help
refusal-invalid = その値は使えません
    .hint = 使える値を確認: ebb help

## Ebb itself cannot start

start-store = Ebb のデータベース { $path } を使用できません
    .hint = フォルダーのアクセス権とディスクを確認してください。新しいバージョンの Ebb が書いたものかもしれません
start-network = ネットワークの指定を使用できません
    .hint = プロキシのアドレスと証明書を確認してください (--proxy, --cacert)
start-system = システムが Ebb の起動を許可しません
    .hint = ほかのプログラムを閉じて、もう一度お試しください
start-no-folder = Ebb のデータを置くフォルダーがありません
    .hint = 変数 EBB_HOME で指定してください
start-folder = Ebb のデータフォルダー { $path } を作成できません
    .hint = アクセス権を確認するか、変数 EBB_HOME で別のフォルダーを指定してください
start-in-use = 別の Ebb がこのキューを使用しています
    .hint = そちらで続けるか、先に閉じてください
engine-ended = Ebb のエンジンが予期せず終了しました
    .hint = 同じコマンドをもう一度実行してください。取得済みの続きから再開します

## The line itself is wrong

link-empty = URL が空です
    .hint = URL を指定してください。例: https://example.org/file.zip
link-no-scheme = URL にスキームがありません
    .hint = 先頭に https:// または http:// を付けてください
link-unsupported-scheme = スキーム { $scheme } には対応していません
    .hint = https:// または http:// で始まるアドレスを使ってください
link-invalid = これは URL ではありません
    .hint = 入力ミスがないか確認してください
link-too-long = URL が 65,536 バイトを超えています
    .hint = もっと短い URL を探してください
pattern-backwards = パターン { $pattern } が降順になっています
    .hint = 小さいほうを先に書いてください。角かっこ自体は %5B と書きます
too-many-urls = URL が { $most } 個を超えています
    .hint = 一度に指定する数を減らしてください
no-urls = URL が指定されていません
    .hint = 少なくとも 1 つ指定するか、-i でリストを指定してください
list-unreadable = リストを読み取れません
    .hint = 名前とアクセス権を確認してください
list-not-text = この行は UTF-8 テキストではありません
    .hint = リストを UTF-8 で保存してください
several-names = 複数のファイルに対して名前が 1 つです
    .hint = -o を外すか、URL を 1 つだけ指定してください
several-checksums = 複数のファイルに対してチェックサムが 1 つです
    .hint = --checksum を外すか、URL を 1 つだけ指定してください
name-empty = 名前が空です
    .hint = 名前を指定するか、-o を外してください
name-is-path = 名前がパスになっています
    .hint = フォルダーは -d で、名前だけを -o で指定してください
name-is-output = 標準出力にはダウンロードできません
    .hint = -o でファイル名を指定してください
folder-invalid = これはフォルダーとして使えません
    .hint = フォルダーのパスを指定してください
header-no-colon = ヘッダーにコロンがありません
    .hint = このように書いてください: -H 'Name: value'
header-name = これはヘッダーの名前ではありません
    .hint = コロンの前には英字、数字、ハイフンを使ってください
header-value = ヘッダーの値に改行または制御文字が含まれています
    .hint = ヘッダーごとに -H を指定してください
header-reserved = このヘッダーは Ebb 自身が送信します
    .hint = 指定から外してください
checksum-form = これはチェックサムではありません
    .hint = このように書いてください: --checksum sha-256=HEX
checksum-algorithm = この種類のチェックサムは不明です
    .hint = md5、sha-1、sha-256、sha-512 のいずれかを使ってください
checksum-length = このチェックサムの長さが正しくありません
    .hint = { $digits } 桁必要です。抜けがないか確認してください
checksum-digits = チェックサムに使えるのは 0 から 9 と a から f だけです
    .hint = 入力ミスがないか確認してください
proxy-invalid = これはプロキシのアドレスではありません
    .hint = このように書いてください: --proxy http://ホスト:ポート、または https、socks5、none
authority-unreadable = ファイルを読み取れません
    .hint = 名前とアクセス権を確認してください
authority-none = このファイルには証明書がありません
    .hint = PEM 形式の証明書を指定してください: -----BEGIN CERTIFICATE-----
user-empty = ユーザー名が空です
    .hint = 名前を指定するか、--user を外してください
user-with-password = コマンドラインのパスワードは他人に読まれる可能性があります
    .hint = 名前だけを指定し、パスワードは変数 EBB_PASSWORD か入力時に指定してください
no-terminal-for-password = パスワードを尋ねる端末がありません
    .hint = 変数 EBB_PASSWORD で指定してください
password-not-text = 変数 EBB_PASSWORD は UTF-8 テキストではありません
    .hint = UTF-8 で保存してください
password-prompt = { $user } のパスワード:
see-help = ebb help { $verb } を参照してください
no-command = そのようなコマンドはありません
    .hint = ebb help を参照してください
no-window = このビルドにはウィンドウがありません
    .hint = ebb get URL でダウンロードできます。ebb help も参照してください

## While it runs

note-started-over = サーバー上のファイルが変わったため、最初からやり直します
note-retry = { $message }: { $time }後に再試行します
note-retry-now = { $message }: 再試行します
note-no-network = ネットワークがありません。復旧したら再開します
note-disk-full = { $message }: 空きができたら再開します
note-destination = { $message }: フォルダーが戻ったら再開します
note-server-busy = { $message }: サーバーが空いたら再開します
note-interrupted = 停止しています。すべて保持され、同じコマンドで続きから再開できます

progress-amount = { $bytes } / { $size }
progress-left = 残り { $time }
progress-more = ほか { $count } 件
progress-files = { $done } / { $total } ファイル
progress-failed = 失敗 { $count } 件
progress-connecting = 接続中
progress-verifying = 検証中
progress-waiting = 待機中
progress-retrying = { $time }後に再試行

time-seconds = { $seconds } 秒
time-minutes = { $minutes } 分 { $seconds } 秒
time-minutes-only = { $minutes } 分
time-hours = { $hours } 時間 { $minutes } 分
time-hours-only = { $hours } 時間
time-days = { $days } 日 { $hours } 時間
time-days-only = { $days } 日

## Settings, files and folders on this computer

settings-set-aside = 設定を読み取れなかったため、既定値に戻しました。以前の設定は { $path } にあります
    .hint = そのファイルを直して元の名前に戻すか、設定し直してください
settings-unreadable = 設定を読み取れないため、既定値を使用しています
    .hint = ファイルのアクセス権を確認してください。設定を変更するとファイルは置き換えられます
settings-bent = 次の設定は値が無効だったため、既定値に戻しました: { $names }
    .hint = 設定し直してください
settings-not-saved = 設定を { $path } に保存できませんでした
    .hint = ディスクに空きを作り、フォルダーのアクセス権を確認してください。それまで設定は今回限り有効です
settings-number = { $least } から { $most } までの整数ではありません
    .hint = { $least } から { $most } までの整数を指定してください
settings-folder-relative = フォルダーのパスの先頭が欠けています
    .hint = 完全なパスを指定してください
settings-folder-not-text = フォルダーの名前をテキストとして表せません
    .hint = 別のフォルダーを選ぶか、名前を変更してください
settings-proxy = これはプロキシのアドレスではありません
    .hint = このように書いてください: http://ホスト:ポート、または https か socks5
open-missing = { $path } はもうありません
    .hint = 移動先を探すか、もう一度ダウンロードしてください
open-program = { $path } はプログラムとして実行される可能性があり、Ebb はプログラムを開きません
    .hint = フォルダーに表示し、入手元を信頼できる場合はそこから起動してください
open-failed = { $path } を開けませんでした
    .hint = フォルダーに表示し、そこで開くプログラムを選んでください
trash-missing = { $path } はもうありません
    .hint = 必要な操作はもうありません
trash-failed = { $path } をゴミ箱に移動できませんでした
    .hint = フォルダーに表示し、そこで削除してください

## A row of the window

amount-unknown = { $bytes }、サイズ不明
files-all = { $count } ファイル
waiting-retry = 待機中: 再試行
waiting-network = 待機中: ネットワークなし
waiting-metered = 待機中: 従量制ネットワーク
waiting-schedule = 待機中: スケジュール
waiting-paused = 待機中: すべて一時停止
waiting-disk-full = 待機中: ディスク容量不足
waiting-destination = 待機中: フォルダー
waiting-power = 待機中: バッテリー駆動
waiting-server-busy = 待機中: サーバー混雑
waiting-credentials = 待機中: ログイン
waiting-until = { $time }後に再試行
state-suspended = 一時停止
state-queued = 順番待ち
state-connecting = 接続中
state-transferring = 転送中
state-waiting = 待機中
state-verifying = 検証中
state-complete = 完了
state-error = エラー
state-cancelled = キャンセル済み
group-empty = 空のグループ
row-background = バックグラウンド
row-foreground = フォアグラウンド
row-servers = { $count } サーバー
row-left = { $speed } · { $time }
row-expand = ファイルを表示
row-collapse = ファイルを隠す

## What can be done

deed-suspend = 一時停止
deed-resume = 再開
deed-retry = 再試行
deed-foreground = フォアグラウンドへ
deed-background = バックグラウンドへ
deed-cancel = キャンセル
deed-remove = リストから外す
deed-open = ファイルを開く
deed-folder = フォルダーを開く
deed-trash = ファイルをゴミ箱に移動
deed-top = 先頭へ
deed-up = 前へ
deed-down = 後へ
deed-bottom = 末尾へ
deed-copy = リンクをコピー
deed-rename = 名前を変更…
deed-limit = 速度制限…

## The window

window-add = 追加
window-search = 検索
window-sort = 並べ替え
window-settings = 設定
window-history = 履歴
window-shortcuts = ショートカット
window-clear = 完了分を消去
window-details = 詳細
filter-all = すべて
filter-active = 実行中
filter-waiting = 待機中
filter-suspended = 一時停止
filter-finished = 完了
filter-failed = 失敗
sort-queue = キューの順
sort-name = 名前
sort-size = サイズ
sort-progress = 進行状況
sort-speed = 速度
sort-left = 残り時間
sort-added = 追加日時
speed-all = すべての転送
mode-full = 全速
mode-polite = 控えめ
mode-suspended = 停止
mode-full-hint = 譲らずに、制限と時間帯が許すかぎりの速度で転送します
mode-polite-hint = バックグラウンドの転送は、ほかで使われていない帯域だけを使います
mode-suspended-hint = 何も転送しません
foot-groups = { $count } グループ
foot-active = 実行中 { $count }
foot-chosen = { $count } 件を選択中
foot-limit = 制限: { $rate }
foot-no-limit = 制限: なし
foot-free = 空き { $bytes }
empty-title = まだ何もありません
empty-text = リンクを貼り付けるか、リンクの一覧をドロップするか、「追加」を押してください。
empty-filter = 該当するグループはありません
empty-search = 見つかりません
drop-here = リンクまたはリンクの一覧をここにドロップ
clipboard-offer = クリップボードにリンクがあります: { $link }
clipboard-add = 追加する
undo-cancelled = { $count ->
    [1] { $name } を { $time }後にキャンセルします
   *[other] { $count } グループを { $time }後にキャンセルします
}
undo = 元に戻す
close = 閉じる
close-details = 詳細を閉じる

## Asked before something is cancelled

cancel-title = キャンセルしますか？
cancel-text = { $files } 個のファイルが完了しています。{ $groups ->
    [1] このグループの未完了の部分は必ず削除されます。
   *[other] これら { $groups } グループの未完了の部分は必ず削除されます。
}
cancel-keep = 完了したファイルを残す
cancel-delete = それらも削除
cancel-not = キャンセルしない

## The keyboard

shortcuts-title = ショートカット
shortcuts-readers = スクリーンリーダーはまだこのウィンドウを読めません。同じことはコマンドでできます。ebb help を参照してください
shortcut-add = ダウンロードを追加
shortcut-paste = クリップボードの内容を追加
shortcut-search = 検索
shortcut-move = 上下に移動
shortcut-extend = 複数を選択
shortcut-all = すべて選択
shortcut-expand = ファイルを表示／隠す
shortcut-toggle = 一時停止／再開
shortcut-foreground = フォアグラウンド／バックグラウンド
shortcut-cancel = キャンセル、またはリストから外す
shortcut-undo = キャンセルを取り消す
shortcut-open = ファイルを開く
shortcut-folder = フォルダーを開く
shortcut-copy = リンクをコピー
shortcut-rename = 名前を変更
shortcut-menu = 選択項目のメニュー
shortcut-details = 詳細
shortcut-earlier = キューの前へ
shortcut-later = キューの後へ
shortcut-suspend-all = すべて一時停止／再開
shortcut-history = 履歴
shortcut-settings = 設定
shortcut-next = 次のボタンまたは入力欄
shortcut-previous = 前のボタンまたは入力欄
shortcut-close = 開いているものを閉じる
shortcut-help = この一覧
shortcut-quit = 終了

## The end

quit-title = 保存しています…
quit-text = すべて安全に保存されると Ebb は閉じます。

## The settings' screen

settings-title = 設定
settings-back = 戻る
settings-time = { $least } から { $most } までの時間ではありません (例: 30s、2m)
section-downloads = ダウンロード
section-network = ネットワーク
section-notifications = 通知
section-appearance = 外観
section-language = 言語
section-startup = 起動
section-queue = キュー
setting-more = 増やす
setting-less = 減らす
setting-folder = フォルダー
    .hint = ダウンロードで別に指定しない限り、ここに保存します
setting-folder-choose = 選択…
setting-begin = 新しいダウンロードの開始
    .hint = バックグラウンドでは、ほかで使われていない帯域だけを使います
setting-begin-background = バックグラウンド
setting-begin-foreground = 全速
setting-begin-suspended = 一時停止
setting-conflict = 同じ名前のファイルがあるとき
    .hint = 新しいファイルが揃うまで、何も置き換えません
setting-conflict-rename = 別の名前
setting-conflict-overwrite = 置き換える
setting-conflict-skip = そのまま
setting-conflict-fail = エラー
setting-parallel = 同時ファイル数
    .hint = ほかは順番を待ちます
setting-connections = ファイルごとの接続数
    .hint = 上限です。速くなる場合にだけ Ebb は接続を増やします
setting-host = サーバーごとの接続数
    .hint = 全ファイル合計の上限です。これ以上は多くのサーバーが拒否します
setting-proxy = プロキシ
    .hint = 直接つながらない場合のインターネットへの経路
setting-proxy-system = システムの設定
setting-proxy-none = なし
setting-proxy-own = 指定する
setting-proxy-password = パスワードは Ebb の終了まで使われ、保存されません
setting-connect-timeout = 接続を待つ時間
    .hint = 過ぎると失敗とみなし、再試行します
setting-stall-timeout = データを待つ時間
    .hint = 過ぎると切断とみなし、接続し直します
setting-notify-done = ダウンロードが完了したとき
    .hint = 同時に終わったものは 1 つの通知にまとめます
setting-notify-error = ダウンロードが失敗したとき
    .hint = 再試行のたびではなく、操作が必要なときだけ
setting-theme = テーマ
    .hint = ライト、ダーク、またはシステムに合わせる
setting-theme-system = システム
setting-theme-light = ライト
setting-theme-dark = ダーク
setting-accent = アクセント
    .hint = バックグラウンドのダウンロードと選択中のものの色
accent-ocean = オーシャン
accent-indigo = インディゴ
accent-violet = バイオレット
accent-rose = ローズ
accent-amber = アンバー
accent-moss = モス
setting-text-size = 文字の大きさ
    .hint = ウィンドウ全体が一緒に拡大します
setting-density = 行間
    .hint = ウィンドウに表示できるダウンロードの数
setting-density-comfortable = ゆったり
setting-density-compact = コンパクト
setting-renderer = 描画
    .hint = 次回の Ebb の起動から有効です。プロセッサーのほうがメモリを使いません
setting-renderer-software = プロセッサー
setting-renderer-graphics = グラフィックカード
setting-language = Ebb の言語
    .hint = このウィンドウと通知の言語
setting-language-system = システムに合わせる
language-name = 日本語
setting-start = 未完了のダウンロード
    .hint = Ebb の起動時の扱い
setting-start-continue = 続ける
setting-start-suspended = 待つ
setting-clipboard = クリップボードのリンクを提案
    .hint = リンクをコピーすると Ebb がダウンロードを提案します。勝手にダウンロードすることはありません
setting-export = キューを書き出す
    .hint = すべてのダウンロードを 1 つのファイルに保存します。パスワードは含まれません
setting-export-button = 書き出す…
setting-import = キューを読み込む
    .hint = 書き出したファイルのダウンロードを、今あるものに追加します
setting-import-button = 読み込む…

## The history

history-title = 履歴
history-back = 戻る
history-search = 検索
history-bytes = ダウンロード済み
history-files = ファイル
history-groups = ダウンロード
history-clear = 履歴を消去
history-clear-really = 本当に消去しますか？
history-today = 今日
history-yesterday = 昨日
history-empty = 完了したものはまだありません
    .hint = ダウンロードしたものは、リストから外した後もここに記録されます
history-no-match = 一致するものがありません
    .hint = 名前、サーバー、フォルダーを検索します
history-folder = フォルダーを開く

## The queue as a file

export-done = キューを書き出しました。パスワードは含まれません
export-failed = そこにはキューを書き出せませんでした
import-unreadable = ファイルを読み取れません
    .hint = アクセス権を確認してください
import-not-a-queue = これは Ebb のキューではありません
    .hint = Ebb が書き出したファイルを選んでください
import-bad-group = ファイル内の { $group } を読み込めません
    .hint = 何も追加されていません。ファイルを直すか、書き出し直してください

## No window

no-desktop = ウィンドウを開くデスクトップがありません
    .hint = コマンドを使ってください: ebb help
no-window-system = ウィンドウを開けません
    .hint = デスクトップを確認するか、コマンドを使ってください: ebb help

## Told on the desktop

notice-completed = ダウンロード完了
notice-failed = ダウンロード失敗

## The details of a group

details-none = グループを選ぶと詳細が表示されます
details-overview = 概要
details-files = ファイル
details-properties = プロパティ
details-log = ログ
details-speed = 速度
details-speeds = { $now } · 最高 { $highest }
details-connections = { $count } 接続
details-from = 取得元
details-resumable = { $scheme }、再開可能
details-not-resumable = { $scheme }、再開不可
details-final-address = 最終アドレス
details-to = 保存先
details-size = サイズ
details-size-files = { $size }、{ $files }
details-checksum = チェックサム
details-checksum-later = { $name }、完了時に検証
details-checksum-right = { $name }、一致
details-type = 種類
details-modified = 最終更新
details-server = サーバー
details-added = 追加
details-completed = 完了
details-left = 残り時間
details-tries = { $count } 回試行
details-apply = 適用
remedy-change-link = リンクを変更
remedy-sign-in = ログイン
remedy-copy-address = アドレスをコピー
remedy-choose-folder = 別のフォルダーを選択
property-name = 名前
property-description = 説明
property-priority = 優先度
property-limit = 速度制限 (バイト/秒)
property-connections = ファイルごとの接続数
property-parallel = 同時ファイル数
property-user = ユーザー名
property-password = パスワード
property-on-complete = 完了時に実行するコマンド
property-notify-done = 完了したら通知する
property-notify-done-why = デスクトップへのメッセージ
property-notify-error = 失敗したら通知する
property-notify-error-why = 操作が必要なときのデスクトップへのメッセージ
property-no-limit = 制限なし
property-default = 設定に従う
property-set = 設定済み
property-not-set = 未設定
property-bound-name = 256 文字まで
property-bound-description = 1,024 文字まで
property-bound-limit = バイト/秒 (例: 500k、2M)。空欄で制限なし
property-bound-connections = 1 から 64 の数。空欄で設定の値
property-bound-parallel = 1 から 256 の数。空欄で設定の値
property-bound-words = 引用符が閉じられていません
property-id = ID
property-copy-id = ID をコピー
property-created = 作成
property-jobs = ジョブ
property-folder = フォルダー
priority-high = 高
priority-normal = 標準
priority-low = 低
log-nothing = Ebb の起動後、まだ何も起きていません
log-created = 作成しました (ファイルはまだありません)
log-added = { $count } ファイルを追加しました
log-suspended = 一時停止しました
log-resumed = 再開しました
log-cancelled = キャンセルしました
log-foreground = フォアグラウンドに移しました
log-background = バックグラウンドに移しました
log-priority-high = 優先度: 高
log-priority-normal = 優先度: 標準
log-priority-low = 優先度: 低
log-link = リンクが変更されました
log-folder-changed = フォルダーが変更されました
log-begun = 開始: { $size }
log-begun-unknown = 開始 (サイズ不明)
log-goes-on = { $amount } から再開
log-started-over = 最初からやり直し: サーバー上の内容が変わりました
log-until = { $moment } 以降
log-failed = 失敗: { $message }
log-file-completed = ファイル完了
log-completed = すべて完了
log-gave-up = 操作なしではこれ以上進めません

## Moments

moment-today = 今日 { $time }
moment-yesterday = 昨日 { $time }
moment-date = { $date } { $time }
moment-day = { $month }{ $day }日
moment-day-year = { $year }年{ $month }{ $day }日
month-january = 1月
month-february = 2月
month-march = 3月
month-april = 4月
month-may = 5月
month-june = 6月
month-july = 7月
month-august = 8月
month-september = 9月
month-october = 10月
month-november = 11月
month-december = 12月

## The add dialog

add-title = ダウンロードを追加
add-links-form = リンクを 1 行に 1 つずつ貼り付けるか入力
add-links = リンク { $count } 件
add-aside = ほかに { $bytes } の一覧があります (長すぎて表示できません)
add-aside-remove = 一覧を取り除く
add-repeated = うち { $count } 件は重複
add-reading = 読み取り中…
add-one-trouble = { $line } 行目を解釈できません: { $why }
add-troubles = { $count } 行を解釈できません
add-trouble = { $line } 行目: { $why }
add-troubles-more = さらに表示
add-troubles-fewer = 表示を減らす
add-name = 名前
add-folder = フォルダー
add-choose = 選択…
add-unfinished = うち { $count } 件のリンクはすでにキューにあります
add-unfinished-skip = キューで進行中のものを除く
add-finished = うち { $count } 件のリンクは以前にダウンロード済みです
add-finished-skip = キューで完了したものを除く
add-taken-rename = フォルダーに同じ名前のファイルが { $count } 個あります。新しいほうは別の名前になります
add-taken-overwrite = フォルダーに同じ名前のファイルが { $count } 個あります。置き換えられます
add-taken-skip = フォルダーに同じ名前のファイルが { $count } 個あります。そのまま残し、ダウンロードしません
add-taken-fail = フォルダーに同じ名前のファイルが { $count } 個あります。該当するダウンロードは失敗します
add-how = 方法
add-how-background = バックグラウンド
add-how-foreground = フォアグラウンド
add-how-suspended = 一時停止
add-background-means = ほかで使われていない帯域だけを使います。いつでも変更できます
add-foreground-means = ほかの通信と並んで、できるだけ速く。いつでも変更できます
add-suspended-means = 再開するまで何も転送しません
add-more = 詳細設定: 接続、ログイン、ヘッダー、チェックサム、制限、同名ファイル
add-connections = ファイルごとの接続数
add-parallel = 同時ファイル数
add-limit = 速度制限
add-limit-none = なし、または 500k、2M
add-user = ユーザー名
add-password = パスワード
add-checksum = チェックサム
add-headers = ヘッダー
add-headers-form = Name: value を 1 行に 1 つ
add-conflict = 同じ名前のファイルがある場合
add-conflict-rename = 別の名前
add-conflict-overwrite = 置き換える
add-conflict-skip = スキップ
add-conflict-fail = エラー
add-priority = バックグラウンドでの優先度
add-priority-high = 高
add-priority-normal = 標準
add-priority-low = 低
add-close = キャンセル
add-do = { $count ->
    [0] 追加
   *[other] { $count } 件を追加
}
add-drop-large = { $name } は { $most } を超えています
    .hint = もっと短い一覧をドロップしてください
add-drop-binary = { $name } はテキストではありません
    .hint = リンクを 1 行に 1 つ書いた一覧をドロップしてください
add-drop-unreadable = { $name } を読み取れません
    .hint = アクセス権を確認してください

## Mistakes in fields

typed-long = { $most } 文字を超えています
    .hint = 短くしてください
typed-rate = これは速度ではありません
    .hint = 500k や 2M のように、バイト/秒で書いてください
typed-no-user = ユーザー名のないパスワードです
    .hint = ユーザー名も指定してください
typed-user-colon = ユーザー名にコロンが含まれています
    .hint = 名前だけを入力し、パスワードは専用の欄に入力してください
typed-checksum = これはチェックサムではありません
    .hint = sha-256=HEX のように書いてください
typed-checksum-one = 複数のファイルに対してチェックサムが 1 つです
    .hint = 外すか、リンクを 1 つだけ指定してください
typed-header = ヘッダーにコロンがありません
    .hint = Name: value のように書いてください
typed-header-value = ヘッダーの値に制御文字が含まれています
    .hint = 取り除いてください

## One or two fields to change something

change-link = リンクを変更
change-link-field = 新しいリンク
change-sign-in = ログイン
change-name = 名前を変更
change-group-limit = このグループの速度制限
change-limit = すべての転送の速度制限
change-limit-field = バイト/秒
change-ok = OK

## The queue from a shell

queue-empty = キューは空です
    .hint = 追加するには: ebb add URL
queue-not-running = 実行中の Ebb がありません
    .hint = ebb serve で起動するか、ウィンドウを開いてください
queue-lost = 実行中の Ebb が終了しました
    .hint = ebb serve で再び起動するか、ウィンドウを開いてください
queue-other-version = 実行中の Ebb はバージョン { $version } です
    .hint = そのバージョンを使うか、終了してこちらを起動してください
queue-silent = 実行中の Ebb が応答しません
    .hint = 少し待って再試行するか、終了して再び起動してください
queue-not-understood = 実行中の Ebb とこのコマンドは互いに理解できません
    .hint = 終了して再び起動し、同じバージョンにしてください
add-into-group = これは新しいグループ用ですが、--group は既存のグループを指しています
    .hint = 省くか、そのグループを変更してください: ebb set
set-no-value = プロパティに値がありません
    .hint = 名前=値 のように書いてください。password だけは単独で書けます
set-password-shown = コマンドラインのパスワードは他人に読まれる可能性があります
    .hint = password とだけ書いてください。入力を求めるか、標準入力から読み取ります
set-password-unread = パスワードを読み取れませんでした
    .hint = 標準入力の 1 行か、端末で入力してください
set-password-prompt = パスワード:
queue-state = 状態
queue-flags = フラグ
queue-removed = 削除済み
queue-notify = 通知

## ebb serve を操作するウィンドウ

remote-lost = ebb serve との接続が失われました
    .hint = 戻るまで待つか、もう一度起動してください
remote-lost-again = 実行中の Ebb との接続が失われました。再試行しています…
foot-remote = このウィンドウは ebb serve を操作しています。閉じてもダウンロードは止まりません。
quit-remote-title = 閉じています…
quit-remote-text = ダウンロードは ebb serve で続きます。

## データベースに書き込めないとき

refusal-not-kept = Ebb のデータベースに書き込めないため、何も追加されませんでした
    .hint = Ebb のデータがあるディスクに空きを作るか、アクセス権を確認して、もう一度試してください
refusal-kept-later = 実行しましたが、Ebb のデータベースに書き込めないため保存されていません
    .hint = Ebb のデータがあるディスクに空きを作ると保存されます。その前に Ebb が終了すると失われます
not-saved = キューを保存できませんでした。最後の変更は失われました
    .hint = もう一度起動する前に、Ebb のデータがあるディスクに空きを作るか、アクセス権を確認してください

## グループのコマンド

after-not-started = 完了時に実行するコマンドを開始できませんでした: { $program }
    .hint = プログラムとフォルダーがあるか確認するか、コマンドを変更してください

## Limits and times

log-anyway = スケジュール・回線・電源にかかわらず再開しました
log-waits-again = スケジュール・回線・電源を再び待ちます
schedule-words = 1 行は曜日・時間帯・種別・許可内容の 4 語です
    .hint = 例: mon-fri 08-18 background off
schedule-days = 曜日ではありません
    .hint = mon から sun を、mon-fri や sat,sun、daily のように指定してください
schedule-hours = 1 日の時間帯ではありません
    .hint = 08-18 のように、00-01 から 00-24 の範囲で指定してください
schedule-class = foreground、background、all のどれでもありません
    .hint = いずれかを指定してください
schedule-allowance = full、off、毎秒のバイト数のどれでもありません
    .hint = full、off、または 500k のような速度を指定してください
note-metered = 従量制課金接続です: 別の回線になれば自動的に再開します。--background を付けなければ待ちません
note-on-battery = バッテリー駆動中です: 電源につながれば自動的に再開します。--background を付けなければ待ちません

## What is free on a line

time-milliseconds = { $milliseconds } ミリ秒
courtesy-opening = 空きを調べています
courtesy-taking = 空きを使用中: { $rate }
courtesy-yielding = ほかの通信に譲っています
courtesy-opening-short = 調査中
courtesy-yielding-short = 譲歩中
courtesy-blind = この回線の遅延はここからは分かりません。代わりに最高速度の半分を使います。
details-delay = 遅延
details-delays = 往復 { $trip }、うち待ち { $queue }

## Waiting for another hour, another network, the mains

waiting-goes-on = { $time }後に再開
deed-anyway = それでもダウンロード
deed-wait-again = また待つ
badge-anyway = 強行
details-anyway = 料金や時間帯にかかわらず

## Limits and times, in the settings

section-limits = 制限
section-times = 時間帯
setting-limits = 1 秒あたりの最大バイト数
    .hint = すべての転送の合計と、種類ごとの合計。500k や 2M のように書き、空欄は無制限です。どのモードでも有効です
setting-metered = 従量制ネットワークでは待つ
    .hint = 従量制でないネットワークになると、バックグラウンドは再開します
setting-battery = バッテリー駆動中は待つ
    .hint = 電源につながると、バックグラウンドは再開します
setting-schedule = 一週間の時間帯
    .hint = 時計の時刻に従って、いつ何を転送してよいか
schedule-paint = 時間や見出しをドラッグ。または矢印で移動、Shift で選択、スペースで適用
schedule-full = 全速
schedule-limited = 制限
schedule-off = なし
schedule-clear = クリア
day-monday = 月
day-tuesday = 火
day-wednesday = 水
day-thursday = 木
day-friday = 金
day-saturday = 土
day-sunday = 日

## For what the whole background waits

foot-metered = バックグラウンドは待機中: 従量制ネットワーク
foot-battery = バックグラウンドは待機中: バッテリー駆動
foot-schedule = バックグラウンドは待機中: スケジュール
