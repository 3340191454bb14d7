# Ebb 的简体中文用语。键和参数与英文文件相同。
# 消息说明出了什么问题，其 `.hint` 说明可以怎么做。

## What goes wrong with a file

failure-host-not-found = 找不到该服务器名称的地址
    .hint = 请检查地址是否有误，并检查网络
failure-resolve-failed = 无法解析服务器名称
    .hint = 请检查网络和 DNS 服务器，然后重试
failure-refused = 服务器拒绝连接
    .hint = 请检查地址中的端口，或稍后重试
failure-unreachable = 从当前网络无法访问该服务器
    .hint = 请检查网络连接，然后重试
failure-connect-timeout = 服务器未及时接受连接
    .hint = 请稍后重试，或延长等待时间 (--connect-timeout)
failure-connect-failed = 无法建立连接
    .hint = 请检查网络连接，然后重试
failure-proxy = 代理无法使用
    .hint = 请检查代理地址，或不使用代理 (--proxy none)
failure-proxy-authentication = 代理需要用户名和密码
    .hint = 请写在代理地址中：http://用户名:密码@主机:端口
failure-certificate-expired = 服务器的证书已过期
    .hint = 请检查本机日期；如果无误，只有服务器所有者才能解决
failure-certificate-not-yet-valid = 服务器的证书尚未生效
    .hint = 请检查本机日期；如果无误，只有服务器所有者才能解决
failure-certificate-wrong-name = 服务器的证书属于另一个名称
    .hint = 请检查地址：这可能不是您要访问的服务器
failure-certificate-unknown-issuer = 服务器证书的颁发者不受本机信任
    .hint = 如果您了解该颁发者，请同时提供其证书 (--cacert)
failure-certificate-revoked = 服务器的证书已被吊销
    .hint = 在所有者更换证书之前，请勿信任此服务器
failure-certificate-other = 服务器的证书不可信
    .hint = 请检查地址，并告知服务器所有者
failure-tls-handshake = 无法建立安全连接
    .hint = 请确认该地址和端口支持 https，然后重试
failure-status-unauthorized = 服务器需要用户名和密码，或所给的不正确（HTTP 状态 { $status }）
    .hint = 请提供用户名和密码 (--user)
failure-status-forbidden = 服务器不允许此下载（HTTP 状态 { $status }）
    .hint = 链接可能已失效，或需要登录或请求头：请获取新的链接
failure-status-not-found = 服务器上没有此文件（HTTP 状态 { $status }）
    .hint = 请检查地址，或查找较新的链接
failure-status-gone = 文件已从服务器上删除（HTTP 状态 { $status }）
    .hint = 请查找较新的链接
failure-status-legal = 服务器因法律原因不能提供此文件（HTTP 状态 { $status }）
    .hint = 请查找其他来源
failure-status-too-many = 对服务器的请求过于频繁（HTTP 状态 { $status }）
    .hint = 请稍后用较少的连接重试 (-x 1)
failure-status-busy = 服务器过载或正在维护（HTTP 状态 { $status }）
    .hint = 请稍后重试
failure-status-timeout = 服务器等待超时（HTTP 状态 { $status }）
    .hint = 请稍后重试
failure-status-server = 服务器自身出现问题（HTTP 状态 { $status }）
    .hint = 请稍后重试
failure-status-refused = 服务器不接受该请求（HTTP 状态 { $status }）
    .hint = 请检查地址和所给的请求头
failure-status-empty = 服务器的应答中没有文件（HTTP 状态 { $status }）
    .hint = 请检查地址
failure-retry-after = 请在 { $time }后重试：这是服务器的要求
failure-retry-at = 请在 { $moment } 之后重试：这是服务器的要求
failure-too-many-redirects = 该地址连续跳转超过十次
    .hint = 请在浏览器中打开，并复制文件本身的地址
failure-redirect-loop = 该地址跳转回自身
    .hint = 请在浏览器中打开，并复制文件本身的地址
failure-redirect-insecure = 服务器从安全地址跳转到不安全的地址
    .hint = 如果仍然信任它，请自行给出 http 地址
failure-redirect-invalid = 服务器跳转到无效的地址
    .hint = 请在浏览器中打开，并复制文件本身的地址
failure-bad-answer = 服务器的应答无法理解
    .hint = 请确认该地址上有 Web 服务器，然后重试
failure-answer-timeout = 服务器收到了请求，但未及时应答
    .hint = 请稍后重试，或延长等待时间 (--stall-timeout)
failure-range-mismatch = 服务器发来的不是所请求的文件部分
    .hint = 请只用一个连接再试 (-x 1)
failure-ranges-refused = 服务器不再提供文件的分段
    .hint = 请只用一个连接再试 (-x 1)
failure-range-not-satisfiable = 服务器上的文件比已下载的部分短
    .hint = 文件可能已被替换：重试即可从头下载
failure-range-past-end = 服务器上的文件只有 { $total }，少于已下载的部分
    .hint = 文件可能已被替换：重试即可从头下载
failure-connection-lost = 连接在文件结束之前中断
    .hint = 请重试：将从已下载的位置继续
failure-stalled = 太久没有收到数据
    .hint = 请重试，或延长等待时间 (--stall-timeout)
failure-unexpected-encoding = 服务器发来了压缩过的文件，尽管已要求不压缩
    .hint = 请尝试该文件的其他地址
failure-web-page = 收到的是网页而不是文件
    .hint = 请在浏览器中打开该地址：可能需要登录，或链接已失效
failure-source-changed = 服务器上的文件已不是开始下载时的那个
    .hint = 重试即可从头下载新文件
failure-disk-full = 磁盘已满
    .hint = 请腾出空间，或选择其他文件夹；已下载的内容会保留
failure-disk-full-needed = 磁盘空间不足：还需要 { $needed }
    .hint = 请腾出空间，或选择其他文件夹
failure-disk-full-free = 磁盘空间不足：还需要 { $needed }，可用 { $free }
    .hint = 请腾出空间，或选择其他文件夹
failure-permission-denied = 没有写入此文件夹的权限
    .hint = 请选择其他文件夹，或更改其权限
failure-read-only = 磁盘是只读的
    .hint = 请选择其他磁盘上的文件夹
failure-not-a-folder = 文件夹路径中有一段是文件
    .hint = 请选择其他文件夹
failure-destination-gone = 下载过程中文件夹消失了
    .hint = 请恢复该文件夹或其磁盘，然后重试
failure-file-too-large = 文件超出了此磁盘文件系统的限制
    .hint = 请选择其他磁盘上的文件夹
failure-disk = 磁盘报告错误
    .hint = 请检查磁盘，或选择其他磁盘上的文件夹
failure-name-conflict = 已有同名文件
    .hint = 请选择其他名称或文件夹，或其他规则 (--on-conflict)
failure-name-conflict-folder = 已有同名文件夹
    .hint = 请选择其他名称或文件夹
failure-in-use = 另一个下载正在写入此文件
    .hint = 请等它完成，或选择其他名称或文件夹
failure-checksum-mismatch = 文件与预期不符：其 { $algorithm } 为 { $actual }，而不是 { $expected }
    .hint = 请核对所给的校验和；如果无误，请勿使用此文件，并从别处下载
failure-no-progress = { $time }没有收到任何数据；最后一次：{ $last }
failure-store = 无法写入 Ebb 自身的记录
    .hint = 请在 Ebb 数据文件夹所在的磁盘上腾出空间，并检查其权限
failure-credentials-needed = 需要重新提供用户名、密码或请求头
    .hint = 请带上它们重新开始下载

## What a command is refused for

refusal-not-found = 没有此标识对应的内容
    .hint = 查看现有内容：ebb list
refusal-ambiguous = 有多个标识以此开头
    .hint = 请给出更多字符
refusal-already-exists = 此标识已被占用
    .hint = 请换一个，或不指定
refusal-empty = 里面没有内容
    .hint = 请先添加一个网址
refusal-wrong-state = 在此状态下无法这样做：{ $state }
    .hint = 请先查看其状态
refusal-not-supported = 不支持此操作
    .hint = 查看支持的操作：ebb help
refusal-invalid = 不能接受该值
    .hint = 查看可用的值：ebb help

## Ebb itself cannot start

start-store = 无法使用 Ebb 的数据库 { $path }
    .hint = 请检查文件夹的权限及其磁盘；它可能由更新版本的 Ebb 写入
start-network = 网络选项无法使用
    .hint = 请检查代理地址和证书 (--proxy, --cacert)
start-system = 系统不允许 Ebb 启动
    .hint = 请关闭其他程序，然后重试
start-no-folder = 没有存放 Ebb 数据的文件夹
    .hint = 请用变量 EBB_HOME 指定一个
start-folder = 无法创建 Ebb 的数据文件夹 { $path }
    .hint = 请检查其权限，或用变量 EBB_HOME 指定另一个
start-in-use = 另一个 Ebb 正在使用此队列
    .hint = 请在那个 Ebb 中继续，或先将其关闭
engine-ended = Ebb 的引擎意外结束
    .hint = 再次运行相同的命令：将从已下载的位置继续

## The line itself is wrong

link-empty = 网址为空
    .hint = 请给出一个，例如 https://example.org/file.zip
link-no-scheme = 网址缺少协议
    .hint = 请在前面加上 https:// 或 http://
link-unsupported-scheme = 不支持协议 { $scheme }
    .hint = 请使用以 https:// 或 http:// 开头的地址
link-invalid = 这不是网址
    .hint = 请检查是否有误
link-too-long = 网址超过 65,536 字节
    .hint = 请查找较短的网址
pattern-backwards = 模式 { $pattern } 是倒序的
    .hint = 请先写较小的一端；若要表示方括号本身，请写 %5B
too-many-urls = 网址超过 { $most } 个
    .hint = 请减少每次的数量
no-urls = 没有给出网址
    .hint = 请至少给出一个，或用 -i 给出列表
list-unreadable = 无法读取列表
    .hint = 请检查其名称和权限
list-not-text = 此行不是 UTF-8 文本
    .hint = 请将列表保存为 UTF-8
several-names = 多个文件只有一个名称
    .hint = 请去掉 -o，或只给出一个网址
several-checksums = 多个文件只有一个校验和
    .hint = 请去掉 --checksum，或只给出一个网址
name-empty = 名称为空
    .hint = 请给出名称，或去掉 -o
name-is-path = 名称是一个路径
    .hint = 请用 -d 指定文件夹，用 -o 只指定名称
name-is-output = 不能下载到标准输出
    .hint = 请用 -o 指定文件名
folder-invalid = 这不能作为文件夹
    .hint = 请给出文件夹的路径
header-no-colon = 请求头缺少冒号
    .hint = 请这样写：-H 'Name: value'
header-name = 这不是请求头的名称
    .hint = 冒号前请使用字母、数字和连字符
header-value = 请求头的值中有换行或控制字符
    .hint = 请为每个请求头单独使用 -H
header-reserved = 此请求头由 Ebb 自行发送
    .hint = 请去掉它
checksum-form = 这不是校验和
    .hint = 请这样写：--checksum sha-256=HEX
checksum-algorithm = 未知的校验和类型
    .hint = 请使用 md5、sha-1、sha-256 或 sha-512
checksum-length = 此类校验和的长度不对
    .hint = 需要 { $digits } 位：请检查是否有遗漏
checksum-digits = 校验和只包含数字 0 到 9 和字母 a 到 f
    .hint = 请检查是否有误
proxy-invalid = 这不是代理地址
    .hint = 请这样写：--proxy http://主机:端口，或 https、socks5、none
authority-unreadable = 无法读取该文件
    .hint = 请检查其名称和权限
authority-none = 此文件中没有证书
    .hint = 请提供 PEM 格式的证书：-----BEGIN CERTIFICATE-----
user-empty = 用户名为空
    .hint = 请给出名称，或去掉 --user
user-with-password = 命令行中的密码可能被他人看到
    .hint = 请只给出名称，密码写在变量 EBB_PASSWORD 中或在询问时输入
no-terminal-for-password = 没有可以询问密码的终端
    .hint = 请在变量 EBB_PASSWORD 中给出
password-not-text = 变量 EBB_PASSWORD 不是 UTF-8 文本
    .hint = 请将其保存为 UTF-8
password-prompt = { $user } 的密码：
see-help = 参见 ebb help { $verb }
no-command = 没有此命令
    .hint = 参见 ebb help
no-window = 此版本没有窗口
    .hint = 请用命令下载：ebb get URL，并参见 ebb help

## While it runs

note-started-over = 服务器上的文件已更改：从头开始
note-retry = { $message }：{ $time }后重试
note-retry-now = { $message }：正在重试
note-no-network = 没有网络：恢复后继续
note-disk-full = { $message }：有空间后继续
note-destination = { $message }：文件夹恢复后继续
note-server-busy = { $message }：服务器有空位后继续
note-interrupted = 正在停止；一切都会保留，用同一命令可从这里继续

progress-amount = { $bytes } / { $size }
progress-left = 剩余 { $time }
progress-more = 还有 { $count } 个
progress-files = { $done } / { $total } 个文件
progress-failed = { $count } 个失败
progress-connecting = 正在连接
progress-verifying = 正在校验
progress-waiting = 等待中
progress-retrying = { $time }后重试

time-seconds = { $seconds } 秒
time-minutes = { $minutes } 分 { $seconds } 秒
time-minutes-only = { $minutes } 分钟
time-hours = { $hours } 小时 { $minutes } 分
time-hours-only = { $hours } 小时
time-days = { $days } 天 { $hours } 小时
time-days-only = { $days } 天

## Settings, files and folders on this computer

settings-set-aside = 无法读取设置，现已恢复默认值；原来的设置保存在 { $path }
    .hint = 请修复该文件并改回原名，或重新设置
settings-unreadable = 无法读取设置，现已恢复默认值
    .hint = 请检查文件权限：更改任何设置时它都会被替换
settings-bent = 以下设置的值无效，现已恢复默认值：{ $names }
    .hint = 请重新设置
settings-not-saved = 无法将设置保存到 { $path }
    .hint = 请在该磁盘上腾出空间，并检查文件夹权限；在此之前设置仅本次有效
settings-number = 这不是 { $least } 到 { $most } 之间的整数
    .hint = 请给出 { $least } 到 { $most } 之间的整数
settings-folder-relative = 文件夹路径缺少开头
    .hint = 请给出完整路径
settings-folder-not-text = 文件夹名称无法表示为文本
    .hint = 请选择其他文件夹，或将其重命名
settings-proxy = 这不是代理地址
    .hint = 请这样写：http://主机:端口，或使用 https、socks5
open-missing = { $path } 已不存在
    .hint = 请在可能移动到的位置查找，或重新下载
open-program = { $path } 可能作为程序运行，而 Ebb 不打开程序
    .hint = 请在文件夹中显示它；如果信任其来源，可从那里启动
open-failed = 无法打开 { $path }
    .hint = 请在文件夹中显示它，并在那里选择打开它的程序
trash-missing = { $path } 已不存在
    .hint = 无需再做任何操作
trash-failed = 无法将 { $path } 移到回收站
    .hint = 请在文件夹中显示它，并在那里删除

## A row of the window

amount-unknown = { $bytes }，大小未知
files-all = { $count } 个文件
waiting-retry = 等待：重试
waiting-network = 等待：无网络
waiting-metered = 等待：按流量计费
waiting-schedule = 等待：计划时间
waiting-paused = 等待：已全部暂停
waiting-disk-full = 等待：磁盘已满
waiting-destination = 等待：文件夹
waiting-power = 等待：使用电池
waiting-server-busy = 等待：服务器繁忙
waiting-credentials = 等待：登录
waiting-until = { $time }后重试
state-suspended = 已暂停
state-queued = 排队中
state-connecting = 正在连接
state-transferring = 正在传输
state-waiting = 等待中
state-verifying = 正在校验
state-complete = 已完成
state-error = 错误
state-cancelled = 已取消
group-empty = 空任务组
row-background = 后台
row-foreground = 前台
row-servers = { $count } 个服务器
row-left = { $speed } · { $time }
row-expand = 显示文件
row-collapse = 隐藏文件

## What can be done

deed-suspend = 暂停
deed-resume = 继续
deed-retry = 重试
deed-foreground = 移到前台
deed-background = 移到后台
deed-cancel = 取消
deed-remove = 从列表移除
deed-open = 打开文件
deed-folder = 打开文件夹
deed-trash = 将文件移到回收站
deed-top = 移到最前
deed-up = 提前
deed-down = 推后
deed-bottom = 移到最后
deed-copy = 复制链接
deed-rename = 重命名…
deed-limit = 限速…

## The window

window-add = 添加
window-search = 搜索
window-sort = 排序
window-settings = 设置
window-history = 历史记录
window-shortcuts = 快捷键
window-clear = 清除已完成
window-details = 详细信息
filter-all = 全部
filter-active = 活动
filter-waiting = 等待
filter-suspended = 已暂停
filter-finished = 已完成
filter-failed = 失败
sort-queue = 队列顺序
sort-name = 名称
sort-size = 大小
sort-progress = 进度
sort-speed = 速度
sort-left = 剩余时间
sort-added = 添加时间
speed-all = 全部传输
mode-full = 全速
mode-polite = 礼让
mode-suspended = 暂停
mode-full-hint = 不礼让：在限速与时段允许的范围内全速传输
mode-polite-hint = 后台传输只使用其他程序闲置的带宽
mode-suspended-hint = 不传输任何内容
foot-groups = { $count } 个任务组
foot-active = { $count } 个活动
foot-chosen = 已选 { $count } 个
foot-limit = 限速：{ $rate }
foot-no-limit = 限速：无
foot-free = 可用 { $bytes }
empty-title = 这里还没有内容
empty-text = 粘贴链接、拖入链接列表，或点击“添加”。
empty-filter = 没有这样的任务组
empty-search = 没有找到
drop-here = 将链接或链接列表拖到这里
clipboard-offer = 剪贴板中有一个链接：{ $link }
clipboard-add = 添加它
undo-cancelled = { $count ->
    [1] { $name } 将在 { $time }后取消
   *[other] { $count } 个任务组将在 { $time }后取消
}
undo = 撤销
close = 关闭
close-details = 关闭详细信息

## Asked before something is cancelled

cancel-title = 要取消吗？
cancel-text = 已完成 { $files } 个文件。{ $groups ->
    [1] 此任务组未完成的部分总会被删除。
   *[other] 这 { $groups } 个任务组未完成的部分总会被删除。
}
cancel-keep = 保留已完成的文件
cancel-delete = 一并删除
cancel-not = 不取消

## The keyboard

shortcuts-title = 快捷键
shortcuts-readers = 屏幕阅读器还无法读取此窗口。命令可以完成同样的操作：参见 ebb help
shortcut-add = 添加下载
shortcut-paste = 添加剪贴板中的内容
shortcut-search = 搜索
shortcut-move = 上下移动
shortcut-extend = 选择多个
shortcut-all = 全选
shortcut-expand = 显示或隐藏文件
shortcut-toggle = 暂停或继续
shortcut-foreground = 前台或后台
shortcut-cancel = 取消，或从列表移除
shortcut-undo = 撤销取消
shortcut-open = 打开文件
shortcut-folder = 打开文件夹
shortcut-copy = 复制链接
shortcut-rename = 重命名
shortcut-menu = 所选项目的菜单
shortcut-details = 详细信息
shortcut-earlier = 在队列中提前
shortcut-later = 在队列中推后
shortcut-suspend-all = 全部暂停或继续
shortcut-history = 历史记录
shortcut-settings = 设置
shortcut-next = 下一个按钮或输入框
shortcut-previous = 上一个
shortcut-close = 关闭已打开的内容
shortcut-help = 此列表
shortcut-quit = 退出

## The end

quit-title = 正在保存…
quit-text = 一切保存妥当后 Ebb 会关闭。

## The settings' screen

settings-title = 设置
settings-back = 返回
settings-time = 这不是 { $least } 到 { $most } 之间的时间，例如 30s 或 2m
section-downloads = 下载
section-network = 网络
section-notifications = 通知
section-appearance = 外观
section-language = 语言
section-startup = 启动
section-queue = 队列
setting-more = 增加
setting-less = 减少
setting-folder = 文件夹
    .hint = 下载未另行指定时，文件存放的位置
setting-folder-choose = 选择…
setting-begin = 新下载的开始方式
    .hint = 在后台只使用其他程序闲置的带宽
setting-begin-background = 在后台
setting-begin-foreground = 全速
setting-begin-suspended = 暂停
setting-conflict = 已有同名文件时
    .hint = 新文件完整之前不会替换任何内容
setting-conflict-rename = 换个名称
setting-conflict-overwrite = 替换
setting-conflict-skip = 保留原文件
setting-conflict-fail = 报错
setting-parallel = 同时下载的文件数
    .hint = 其余的排队等待
setting-connections = 每个文件的连接数
    .hint = 上限；只有能加快该文件时 Ebb 才会再开一个连接
setting-host = 每个服务器的连接数
    .hint = 所有文件合计的上限：许多服务器会拒绝更多连接
setting-proxy = 代理
    .hint = 无法直接上网时的通道
setting-proxy-system = 系统代理
setting-proxy-none = 无
setting-proxy-own = 自定义
setting-proxy-password = 密码在 Ebb 结束前有效，不会保存
setting-connect-timeout = 等待连接的时间
    .hint = 超时视为失败，并会重试
setting-stall-timeout = 等待数据的时间
    .hint = 超时视为连接中断，并会新建连接
setting-notify-done = 下载完成时
    .hint = 多个同时完成时只通知一次
setting-notify-error = 下载失败时
    .hint = 仅在需要您处理时，而不是每次重试时
setting-theme = 主题
    .hint = 浅色、深色，或跟随系统
setting-theme-system = 系统
setting-theme-light = 浅色
setting-theme-dark = 深色
setting-accent = 强调色
    .hint = 后台下载和所选内容的颜色
accent-ocean = 海蓝
accent-indigo = 靛蓝
accent-violet = 紫色
accent-rose = 玫红
accent-amber = 琥珀
accent-moss = 苔绿
setting-text-size = 文字大小
    .hint = 整个窗口随之缩放
setting-density = 行距
    .hint = 窗口中能显示多少下载
setting-density-comfortable = 宽松
setting-density-compact = 紧凑
setting-renderer = 渲染方式
    .hint = 下次启动 Ebb 时生效；使用处理器占用的内存较少
setting-renderer-software = 处理器
setting-renderer-graphics = 显卡
setting-language = Ebb 的语言
    .hint = 此窗口及其通知的语言
setting-language-system = 跟随系统
language-name = 简体中文
setting-start = 未完成的下载
    .hint = Ebb 启动时如何处理
setting-start-continue = 继续
setting-start-suspended = 等我操作
setting-clipboard = 提示剪贴板中的链接
    .hint = 复制链接时 Ebb 会提示下载，但绝不会擅自下载
setting-export = 导出队列
    .hint = 将所有下载存为一个文件，便于保存或带走；不含密码
setting-export-button = 导出…
setting-import = 导入队列
    .hint = 将此类文件中的下载添加到现有下载中
setting-import-button = 导入…

## The history

history-title = 历史记录
history-back = 返回
history-search = 搜索
history-bytes = 已下载
history-files = 个文件
history-groups = 个下载
history-clear = 清除历史记录
history-clear-really = 确定要清除吗？
history-today = 今天
history-yesterday = 昨天
history-empty = 还没有完成的内容
    .hint = 下载过的内容会记录在这里，从列表移除后也会保留
history-no-match = 没有匹配的内容
    .hint = 搜索范围是名称、服务器和文件夹
history-folder = 打开文件夹

## The queue as a file

export-done = 队列已写入文件；不含密码
export-failed = 无法将队列写到该位置
import-unreadable = 无法读取该文件
    .hint = 请检查其权限
import-not-a-queue = 这不是 Ebb 的队列
    .hint = 请选择由 Ebb 导出的文件
import-bad-group = 无法接受文件中的 { $group }
    .hint = 未添加任何内容；请修复该文件，或重新导出

## No window

no-desktop = 没有可以打开窗口的桌面
    .hint = 请使用命令：ebb help
no-window-system = 无法打开窗口
    .hint = 请检查桌面环境，或使用命令：ebb help

## Told on the desktop

notice-completed = 下载完成
notice-failed = 下载失败

## The details of a group

details-none = 选择一个任务组以查看详细信息
details-overview = 概览
details-files = 文件
details-properties = 属性
details-log = 日志
details-speed = 速度
details-speeds = { $now } · 最高 { $highest }
details-connections = { $count } 个连接
details-from = 来源
details-resumable = { $scheme }，支持续传
details-not-resumable = { $scheme }，不支持续传
details-final-address = 最终地址
details-to = 保存到
details-size = 大小
details-size-files = { $size }，{ $files }
details-checksum = 校验和
details-checksum-later = { $name }，完成后校验
details-checksum-right = { $name }，正确
details-type = 类型
details-modified = 最后修改
details-server = 服务器
details-added = 添加时间
details-completed = 完成时间
details-left = 剩余时间
details-tries = 已尝试 { $count } 次
details-apply = 应用
remedy-change-link = 更换链接
remedy-sign-in = 登录
remedy-copy-address = 复制地址
remedy-choose-folder = 选择其他文件夹
property-name = 名称
property-description = 说明
property-priority = 优先级
property-limit = 限速，字节每秒
property-connections = 每个文件的连接数
property-parallel = 同时下载的文件数
property-user = 用户名
property-password = 密码
property-on-complete = 完成后运行的命令
property-notify-done = 完成时通知我
property-notify-done-why = 桌面上的一条消息
property-notify-error = 失败时通知我
property-notify-error-why = 需要处理时在桌面上显示一条消息
property-no-limit = 不限速
property-default = 与设置相同
property-set = 已设置
property-not-set = 未设置
property-bound-name = 最多 256 个字符
property-bound-description = 最多 1,024 个字符
property-bound-limit = 字节每秒，例如 500k 或 2M；留空表示不限速
property-bound-connections = 1 到 64 的数字；留空则使用设置中的值
property-bound-parallel = 1 到 256 的数字；留空则使用设置中的值
property-bound-words = 引号未闭合
property-id = 标识
property-copy-id = 复制标识
property-created = 创建时间
property-jobs = 任务
property-folder = 文件夹
priority-high = 高
priority-normal = 普通
priority-low = 低
log-nothing = Ebb 启动以来没有任何动静
log-created = 已创建，还没有文件
log-added = 添加了 { $count } 个文件
log-suspended = 已暂停
log-resumed = 已继续
log-cancelled = 已取消
log-foreground = 已移到前台
log-background = 已移到后台
log-priority-high = 优先级：高
log-priority-normal = 优先级：普通
log-priority-low = 优先级：低
log-link = 链接已更换
log-folder-changed = 文件夹已更换
log-begun = 开始：{ $size }
log-begun-unknown = 开始；大小未知
log-goes-on = 从 { $amount } 处继续
log-started-over = 从头开始：服务器上的内容已更改
log-until = { $moment } 之后
log-failed = 失败：{ $message }
log-file-completed = 文件已完成
log-completed = 全部完成
log-gave-up = 需要您处理才能继续

## Moments

moment-today = 今天 { $time }
moment-yesterday = 昨天 { $time }
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

add-title = 添加下载
add-links-form = 在此粘贴或输入链接，每行一个
add-links = { $count } 个链接
add-aside = 以及一个 { $bytes } 的列表，太长而无法在此显示
add-aside-remove = 移除列表
add-repeated = 其中 { $count } 个重复
add-reading = 正在读取…
add-one-trouble = 第 { $line } 行无法识别：{ $why }
add-troubles = { $count } 行无法识别
add-trouble = 第 { $line } 行：{ $why }
add-troubles-more = 显示更多
add-troubles-fewer = 显示更少
add-name = 名称
add-folder = 文件夹
add-choose = 选择…
add-unfinished = 其中 { $count } 个链接已在队列中
add-unfinished-skip = 跳过队列中正在下载的
add-finished = 其中 { $count } 个链接以前下载过
add-finished-skip = 跳过队列中已完成的
add-taken-rename = 文件夹中已有 { $count } 个同名文件；新文件将使用其他名称
add-taken-overwrite = 文件夹中已有 { $count } 个同名文件；将被替换
add-taken-skip = 文件夹中已有 { $count } 个同名文件；将保留，不再下载
add-taken-fail = 文件夹中已有 { $count } 个同名文件；相应的下载将失败
add-how = 方式
add-how-background = 在后台
add-how-foreground = 前台
add-how-suspended = 暂停
add-background-means = 只使用其他程序闲置的带宽；可以随时更改
add-foreground-means = 与其他程序并行，尽可能快；可以随时更改
add-suspended-means = 在您继续之前不传输任何内容
add-more = 更多：连接、登录、请求头、校验和、限速、同名文件
add-connections = 每个文件的连接数
add-parallel = 同时下载的文件数
add-limit = 限速
add-limit-none = 不限，或 500k、2M
add-user = 用户名
add-password = 密码
add-checksum = 校验和
add-headers = 请求头
add-headers-form = Name: value，每行一个
add-conflict = 已有同名文件时
add-conflict-rename = 换个名称
add-conflict-overwrite = 替换
add-conflict-skip = 跳过
add-conflict-fail = 报错
add-priority = 后台优先级
add-priority-high = 高
add-priority-normal = 普通
add-priority-low = 低
add-close = 取消
add-do = { $count ->
    [0] 添加
   *[other] 添加 { $count } 个下载
}
add-drop-large = { $name } 大于 { $most }
    .hint = 请拖入较短的列表
add-drop-binary = { $name } 不是文本
    .hint = 请拖入链接列表，每行一个
add-drop-unreadable = 无法读取 { $name }
    .hint = 请检查其权限

## Mistakes in fields

typed-long = 超过 { $most } 个字符
    .hint = 请缩短
typed-rate = 这不是速度
    .hint = 请写成 500k 或 2M，单位为字节每秒
typed-no-user = 有密码但没有用户名
    .hint = 请同时给出用户名
typed-user-colon = 用户名中有冒号
    .hint = 请只填写名称，密码填在单独的输入框中
typed-checksum = 这不是校验和
    .hint = 请写成 sha-256=HEX
typed-checksum-one = 多个文件只有一个校验和
    .hint = 请去掉它，或只给出一个链接
typed-header = 请求头缺少冒号
    .hint = 请写成 Name: value
typed-header-value = 请求头的值中有控制字符
    .hint = 请去掉这些字符

## One or two fields to change something

change-link = 更换链接
change-link-field = 新链接
change-sign-in = 登录
change-name = 重命名
change-group-limit = 此任务组的限速
change-limit = 全部传输的限速
change-limit-field = 字节每秒
change-ok = 确定

## The queue from a shell

queue-empty = 队列是空的
    .hint = 用此命令添加：ebb add URL
queue-not-running = 没有正在运行的 Ebb
    .hint = 用 ebb serve 启动，或打开窗口
queue-lost = 正在运行的 Ebb 已结束
    .hint = 用 ebb serve 重新启动，或打开窗口
queue-other-version = 正在运行的 Ebb 版本是 { $version }
    .hint = 使用那个版本，或结束它并启动这个版本
queue-silent = 正在运行的 Ebb 没有应答
    .hint = 稍等再试；否则结束它并重新启动
queue-not-understood = 正在运行的 Ebb 与此命令互不理解
    .hint = 结束它并重新启动，使两者版本相同
add-into-group = 这用于新组，而 --group 指定的是已有的组
    .hint = 去掉它，或用此命令更改该组：ebb set
set-no-value = 属性没有值
    .hint = 写成：名称=值；只有 password 可以单独写
set-password-shown = 命令行中的密码可能被他人看到
    .hint = 只写 password：会询问，或从标准输入读取
set-password-unread = 无法读取密码
    .hint = 在标准输入中用一行给出，或在终端输入
set-password-prompt = 密码：
queue-state = 状态
queue-flags = 标志
queue-removed = 已移除
queue-notify = 通知

## ebb serve 的窗口

remote-lost = 与 ebb serve 的连接已断开
    .hint = 等它恢复，或重新启动它
remote-lost-again = 与正在运行的 Ebb 的连接已断开，正在重试…
foot-remote = 此窗口控制 ebb serve。关闭窗口不会停止下载。
quit-remote-title = 正在关闭…
quit-remote-text = 下载在 ebb serve 中继续。

## 数据库无法写入时

refusal-not-kept = 无法写入 Ebb 的数据库，因此没有添加任何内容
    .hint = 请在 Ebb 数据所在的磁盘上腾出空间，或检查其权限，然后重试
refusal-kept-later = 已执行但未保存：无法写入 Ebb 的数据库
    .hint = 请在 Ebb 数据所在的磁盘上腾出空间，届时会保存；如果 Ebb 在此之前结束，则会丢失
not-saved = 无法保存队列：最后的更改已丢失
    .hint = 请在 Ebb 数据所在的磁盘上腾出空间，或检查其权限，然后再启动

## 任务组的命令

after-not-started = 无法启动完成后运行的命令：{ $program }
    .hint = 请检查程序和文件夹是否存在，或更改命令

## Limits and times

log-anyway = 已继续，不受时间表、网络和电源限制
log-waits-again = 重新等待时间表、网络和电源
schedule-words = 每行应有日期、小时、类别和允许的内容
    .hint = 例如：mon-fri 08-18 background off
schedule-days = 这不是日期
    .hint = 请使用 mon 到 sun，例如 mon-fri 或 sat,sun，或 daily
schedule-hours = 这不是一天中的小时
    .hint = 请使用 08-18，范围为 00-01 到 00-24
schedule-class = 这不是 foreground、background 或 all
    .hint = 请使用其中之一
schedule-allowance = 这不是 full、off 或每秒字节数
    .hint = 请使用 full、off 或速率，例如 500k
note-metered = 当前网络按流量计费：换用其他网络后会自动继续；不加 --background 则不会等待
note-on-battery = 正在使用电池：接通电源后会自动继续；不加 --background 则不会等待

## What is free on a line

time-milliseconds = { $milliseconds } 毫秒
courtesy-opening = 正在探测空闲带宽
courtesy-taking = 使用空闲带宽：{ $rate }
courtesy-yielding = 正在礼让其他流量
courtesy-opening-short = 探测中
courtesy-yielding-short = 礼让中
courtesy-blind = 此处看不到这条线路的延迟：改为使用最高速度的一半。
details-delay = 延迟
details-delays = 往返 { $trip }，其中排队 { $queue }

## Waiting for another hour, another network, the mains

waiting-goes-on = { $time }后继续
deed-anyway = 仍然下载
deed-wait-again = 恢复等待
badge-anyway = 仍然下载
details-anyway = 不顾费用与时段

## Limits and times, in the settings

section-limits = 限速
section-times = 时段
setting-limits = 每秒最多字节数
    .hint = 所有传输合计，以及每一类传输合计；如 500k 或 2M，留空表示不限；在任何模式下都有效
setting-metered = 使用按流量计费的网络时等待
    .hint = 有不按流量计费的网络时，后台下载继续
setting-battery = 使用电池时等待
    .hint = 接通电源后，后台下载继续
setting-schedule = 每周时段
    .hint = 按本地时钟规定何时可以传输
schedule-paint = 拖过时段或其名称；或用方向键移动，按 Shift 选择，按空格应用
schedule-full = 全速
schedule-limited = 限速
schedule-off = 不传输
schedule-clear = 清除
day-monday = 周一
day-tuesday = 周二
day-wednesday = 周三
day-thursday = 周四
day-friday = 周五
day-saturday = 周六
day-sunday = 周日

## For what the whole background waits

foot-metered = 后台下载等待：按流量计费
foot-battery = 后台下载等待：使用电池
foot-schedule = 后台下载等待：计划时间
