"""Invented people: names, telephone and identity numbers that nobody can have."""

from __future__ import annotations

from datetime import date
from random import Random

from stdnum.cn import ric

MALE, FEMALE = "1", "2"
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任"
    "卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史贺陶顾毛郝龚邵万覃武钱戴严莫"
    "孔向常"
)
DOUBLE = ("欧阳", "司徒", "上官", "诸葛", "慕容")
GIVEN_FEMALE = "婷雅静怡欣琳雪颖慧敏洁莉娜芳玲梅燕霞倩雯佳思梦瑶诗涵语桐可心悦晨曦妍菲蕾薇兰丹丽娟萍红艳秀"
GIVEN_MALE = "伟强磊军勇杰涛明超刚平辉鹏飞宇浩然博文轩子俊凯志建国海东阳晨旭峰龙斌健翔毅恒睿泽宁远航"
PHONE_PREFIX = "1349"  # a satellite operator's block that is not in use: nobody is called by accident
PLACES = ("110198", "310198", "440398", "440198", "330198", "420198", "510198", "500198", "350298", "430198")
RELATIONS = ("母亲", "父亲", "母亲", "祖母")


def full_name(chance: Random, *, sex: str) -> str:
    """A surname by rough frequency and one or two characters fit for the sex."""
    first = chance.choice(DOUBLE) if chance.random() < 0.006 else SURNAMES[_skewed(chance, len(SURNAMES))]
    given = GIVEN_FEMALE if sex == FEMALE else GIVEN_MALE
    return first + "".join(chance.sample(given, 1 if chance.random() < 0.16 else 2))


def phone(chance: Random) -> str:
    """A mobile number."""
    return f"{PHONE_PREFIX}{chance.randrange(10**7):07d}"


def identity_number(chance: Random, born: date, sex: str) -> str:
    """A citizen's number with the right check digit and a county that does not exist."""
    order = chance.randrange(0, 500) * 2 + (sex == MALE)
    number = f"{chance.choice(PLACES)}{born:%Y%m%d}{order:03d}"
    return f"{number}{ric.calc_check_digit(number)}"


def _skewed(chance: Random, count: int) -> int:
    return min(int(count * chance.random() ** 2.2), count - 1)
