"""What residents say in the demo. Every sentence is made up."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """One suggestion: how it came, what was said, where, and what becomes of it."""

    channel: str
    text: str
    where: str = ""
    fate: str = "valid"
    category: str = "环境/设施维修"
    level: str = "community"
    matter: str = ""


LIGHT, BIKES, BENCH, WATER, TREE, RAMP, NOISE, LOCK = "路灯", "车棚", "长椅", "下水", "树枝", "坡道", "广场舞", "门禁"

SAID = (
    Said("home_visit", "3号楼门口的路灯坏了半个月，晚上倒垃圾看不见台阶。", "3号楼", matter=LIGHT),
    Said("box", "三号楼前面的灯一直不亮，老人摔过一次，希望尽快修。", "3号楼", matter=LIGHT),
    Said("web", "5号楼到7号楼之间没有路灯，下夜班走过去心里发慌。", "5号楼", matter=LIGHT),
    Said("phone", "楼门口黑灯瞎火，能不能装个太阳能的灯。", "7号楼", matter=LIGHT),
    Said("forum", "院里的灯该换了，换成声控的省电。", "3号楼", matter=LIGHT),
    Said(
        "home_visit", "自行车棚堆满了没人要的旧车，新车没地方放。", "2号楼西侧", category="停车/停车秩序", matter=BIKES
    ),
    Said("box", "车棚里的僵尸车占了一半地方，建议清一清。", "2号楼西侧", category="停车/停车秩序", matter=BIKES),
    Said("web", "车棚顶漏雨，下雨天电动车充电不安全。", "2号楼西侧", category="管理/安全防范", matter=BIKES),
    Said("forum", "小花园只有一条长椅，接孩子的老人没地方坐。", "小花园", matter=BENCH),
    Said(
        "home_visit",
        "腿脚不好，走到菜市场中间想歇一歇，路上没有椅子。",
        "小花园",
        category="养老/适老设施",
        matter=BENCH,
    ),
    Said("phone", "建议在健身器材旁边加两把带靠背的椅子。", "小花园", category="养老/适老设施", matter=BENCH),
    Said("inquiry_meeting", "6号楼一层下水返味，夏天开不了窗。", "6号楼", category="管理/物业管理", matter=WATER),
    Said(
        "web", "我们单元的下水道一下雨就往外冒，维修基金到底能不能用？", "6号楼", category="管理/物业管理", matter=WATER
    ),
    Said("box", "雨水管破了，水顺着墙流，墙皮都掉了。", "6号楼", category="管理/物业管理", matter=WATER),
    Said("home_visit", "杨树枝伸到四楼窗户，刮风打玻璃。", "8号楼", category="环境/卫生绿化", matter=TREE),
    Said("phone", "东门口的树太密，摄像头都挡住了，请修一修。", "东门", category="环境/卫生绿化", matter=TREE),
    Said("forum", "1号楼门口三级台阶，轮椅上不去，想装个坡道。", "1号楼", category="出行/公交和无障碍", matter=RAMP),
    Said(
        "letter", "母亲坐轮椅，每次出门要两个人抬，恳请修一条坡道。", "1号楼", category="出行/公交和无障碍", matter=RAMP
    ),
    Said("web", "晚上九点以后广场舞的音响还很大，孩子没法睡觉。", "小广场", category="扰民/噪声油烟", matter=NOISE),
    Said("box", "跳舞可以，音量小一点，时间早一点。", "小广场", category="扰民/噪声油烟", matter=NOISE),
    Said("inquiry_meeting", "单元门禁坏了，推销的随便上楼贴小广告。", "4号楼", category="管理/安全防范", matter=LOCK),
    Said("home_visit", "4号楼的门关不严，快递和外人随便进。", "4号楼", category="管理/安全防范", matter=LOCK),
    Said(
        "web",
        "地铁口到小区这段盲道被共享单车占了。",
        "东门外",
        category="出行/道路和出入口",
        level="subdistrict",
        matter="盲道",
    ),
    Said(
        "relayed",
        "枣营路早高峰左转要等四个灯，能不能加一个左转箭头。",
        "枣营路口",
        category="出行/道路和出入口",
        level="district",
        matter="信号灯",
    ),
    Said("phone", "楼道灯开关松了，一碰就闪。", "2号楼", fate="settled"),
    Said("home_visit", "宣传栏玻璃碎了一角，怕划着孩子。", "社区门口", fate="settled"),
    Said("box", "希望居委会帮我问问退休金什么时候涨。", "", fate="personal"),
    Said("web", "楼上邻居欠我三千块钱不还，请社区出面要。", "5号楼", fate="personal"),
    Said("web", "希望把小区旁边的饭馆关掉。", "南门外", fate="more_work"),
    Said("hotline", "来电人反映小区停车收费不合理，希望公开收支。", "", category="停车/停车位", matter="停车"),
    Said("hotline", "来电人建议在西门设临时停车位，方便就医。", "西门", category="停车/停车位", matter="停车"),
    Said(
        "questionnaire", "周末想有个地方让孩子写作业、看书。", "社区活动室", category="养老/助老服务", matter="活动室"
    ),
    Said(
        "questionnaire",
        "活动室只在工作日开放，上班的人用不上。",
        "社区活动室",
        category="管理/物业管理",
        matter="活动室",
    ),
    Said("forum", "垃圾桶站夏天味道大，希望加个洗手池和盖板。", "南门", category="环境/卫生绿化", matter="桶站"),
    Said("web", "桶站地面总是湿的，有老人滑倒。", "南门", category="环境/卫生绿化", matter="桶站"),
    Said(
        "media",
        "晚报登了老旧小区加装电梯的事，我们院能不能也商量商量。",
        "",
        category="养老/适老设施",
        level="subdistrict",
        matter="电梯",
    ),
)

#: What is answered to those whose words are in no proposal of this spring.
NEXT = "列为明年实事项目的备选，年底请议事代表表决。"
ANSWERED = {
    TREE: ("not_now", NEXT),
    "停车": ("not_now", NEXT),
    "活动室": ("not_now", NEXT),
    "桶站": ("not_now", NEXT),
    "盲道": ("planned", "清理盲道归街道统一办理，已请共享单车企业每天清运两次。"),
    "信号灯": ("explained", "左转箭头归交通支队设置，已在区里的信号灯排查中登记，由支队测算车流后确定。"),
}

#: Said in the season of review through the special intake; they wait for somebody to screen them today.
FRESH = (
    Said("web", "供暖三天了，9号楼一单元家里还不到18度。", "9号楼"),
    Said("web", "暖气管道有水流声，夜里睡不着。", "9号楼"),
    Said("phone", "想问问供热投诉以后多久有人来看。", "5号楼"),
    Said("home_visit", "老人怕冷，能不能在活动室白天开着暖气让大家坐坐。", "社区活动室"),
    Said("web", "楼道窗户关不严，暖气一开风直往里灌。", "9号楼"),
)

#: What other communities said, so that the district is not empty.
ELSEWHERE = (
    "小区东门的减速带松了，车一过就响。",
    "希望在院里装几个晾衣架，老人的被子没处晒。",
    "儿童滑梯裂了缝，请先围起来再修。",
    "楼顶漏水，五层住户家里接了三个盆。",
    "建议每个月请人来磨一次剪刀、修一次伞。",
    "花坛里有人种菜，招虫子。",
    "快递柜挡住了消防通道。",
    "能不能把社区食堂的菜单贴出来。",
)
