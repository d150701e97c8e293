"""From an empty database, on screen alone, to the first patient on the day board."""

from __future__ import annotations

from playwright.sync_api import expect

from .conftest import Clinic, day
from .people import Person

PASSWORD = "correct-horse-9"
OWN = "her-own-horse-10"
SITE = "良医口腔诊所"


def founds_the_clinic(boss: Person) -> Person:
    """The first run: institution, site, licence, administrator."""
    boss.goes_to("/").is_at("/setup/")
    boss.fills("机构名称", "良医医疗集团").fills("统一社会信用代码", "91350200MA2YJ1XR9G")
    boss.fills("院区名称", SITE).fills("院区代码", "LY").fills("地址", "深圳市南山区 1 号")
    boss.fills("登记号", "PDY10001").chooses("机构类别", "口腔诊所").ticks("口腔科")
    boss.chooses("最高手术级别", "不分级").fills("有效期起", day(-100)).fills("有效期止", day(1000))
    boss.fills("姓名", "陈院长").fills("账号", "boss")
    boss.fills("密码", PASSWORD).fills("再输一次密码", PASSWORD)
    return boss.saves("建立机构并登录").is_at("/settings/")


def builds_the_premises(boss: Person) -> None:
    boss.follows("科室与房间").unfolds("新增科室")
    boss.fills("科室名称", "口腔科门诊").fills("科室代码", "KQ").saves("新增科室").sees("口腔科门诊")
    boss.unfolds("新增房间").fills("房间名称", "牙椅 1 号").chooses("用途", "口腔诊室")
    boss.chooses("所属科室", "口腔科门诊").saves("新增房间").sees("牙椅 1 号")
    boss.follows("开诊时间").unfolds("修改").saves("保存开诊时间").sees("09:00 – 18:00")


def builds_the_offer(boss: Person) -> None:
    boss.follows("项目与价格").unfolds("新增项目").fills("项目名称", "洁牙").fills("代码", "scaling")
    boss.chooses("诊疗科目", "口腔科").chooses("手术级别", "不分级").fills("时长", "40")
    boss.fills("准备", "5").fills("清洁", "10").chooses("房间用途", "口腔诊室").ticks(SITE)
    boss.saves("新增项目").sees("洁牙")
    boss.unfolds("定价").fills("价格（元）", "280").saves("确认定价").sees("¥280.00")


def hires_the_dentist(boss: Person) -> None:
    boss.opens("设置").follows("员工").unfolds("新增员工")
    boss.fills("姓名", "王明").chooses("职业", "口腔医师").chooses("科室", "口腔科门诊")
    boss.fills("账号", "wang.ming").fills("初始密码", PASSWORD).ticks("口腔医生").saves("新增员工")
    boss.unfolds("登记证照").chooses("证书类型", "医师执业证书").fills("证书编号", "110440000000001")
    boss.fills("发证日期", "2015-07-01").ticks(SITE).ticks("口腔科").saves("登记证照")
    boss.saves("标为已核验").sees("已核验", "wang.ming", "今天能做的项目")


def hires_the_receptionist(boss: Person) -> None:
    boss.opens("设置").follows("员工").unfolds("新增员工")
    boss.fills("姓名", "林倩").chooses("职业", "其他")
    boss.fills("账号", "lin.qian").fills("初始密码", PASSWORD).ticks("前台").saves("新增员工").sees("林倩")


def plans_the_week(boss: Person) -> None:
    boss.opens("排班").sees("还没有排班的人").unfolds("排班 王明")
    boss.fills("周三 第一段 从", "9").fills("周三 第一段 到", "1730").saves("保存排班")
    boss.sees("09:00–17:30")


def builds_everything(boss: Person) -> None:
    """All a booking needs, from nothing; the checklist counts along."""
    founds_the_clinic(boss).sees("还差 4 步就能预约", "下一步：房间")
    builds_the_premises(boss)
    boss.opens("设置").sees("还差 3 步就能预约", "下一步：项目")
    builds_the_offer(boss)
    boss.opens("设置").sees("还差 2 步就能预约", "下一步：医生与证照")
    hires_the_dentist(boss)
    boss.opens("设置").sees("还差 1 步就能预约", "下一步：排班")
    plans_the_week(boss)
    hires_the_receptionist(boss)
    boss.opens("设置").sees("可以预约了", "每项项目都有价格", "1 人已排班", "前台可以登录")


def takes_her_account_over(desk: Person) -> Person:
    """The first sign-in asks for a password of one's own."""
    desk.signs_in(PASSWORD).is_at("/me/password/").fills("原密码", PASSWORD)
    return desk.fills("新密码", OWN).fills("再输一次新密码", OWN).saves("更换密码")


def registers_the_patient(desk: Person) -> Person:
    desk.opens("患者").follows("登记新患者").fills("证件号码", "11010519491231002X").field("姓名").focus()
    expect(desk.field("出生日期")).to_have_value("1949-12-31")
    expect(desk.field("性别").locator(":checked")).to_have_text("女")
    desk.fills("姓名", "赵秀英").fills("手机", "13812345678").ticks("同意：个人信息处理")
    return desk.saves("登记患者").sees("赵秀英")


def books_her_for_tomorrow(desk: Person) -> None:
    """From her chart: service, time, done."""
    desk.unfolds("预约").chooses("项目", "洁牙 · 40 分钟 · ¥280.00")
    desk.page.get_by_text("09:30", exact=True).click()
    desk.sees(f"{day(1)} 周三 09:30–10:10", "王明", "牙椅 1 号", "¥280.00").saves("确认预约")


def test_first_run_leads_to_what_is_still_missing(empty: Clinic) -> None:
    boss = founds_the_clinic(empty("boss"))
    boss.sees("还差 4 步就能预约", "下一步：房间", "PDY10001")
    boss.does_not_see("可以预约了")


def test_first_run_is_open_only_while_nobody_has_an_account(empty: Clinic) -> None:
    founds_the_clinic(empty("boss"))
    empty("stranger").goes_to("/setup/").is_at("/sign-in/")


def test_clinic_built_on_screen_books_its_first_patient(empty: Clinic) -> None:
    builds_everything(empty("boss"))
    desk = registers_the_patient(takes_her_account_over(empty("lin.qian")))
    books_her_for_tomorrow(desk)
    desk.opens("预约").sees("这一天还没有预约").follows("后一天").sees("1 个预约")
    standing = desk.page.get_by_role("region", name="王明").get_by_role("link")
    expect(standing).to_contain_text("09:30 赵秀英")
    expect(standing).to_contain_text("洁牙 · 牙椅 1 号")
