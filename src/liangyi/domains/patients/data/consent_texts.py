"""The first version of each consent text, present in every clinic from the start.

What has to be told stands in the Personal Information Protection Law (PIPL, 个人信息保护法) arts 14–17, 24,
28–31 and 44–50; how long records are kept in 医疗机构病历管理规定 art 29. A clinic publishes its own second
version with its name and contact where it wants other words.
"""

from __future__ import annotations

from datetime import date

from liangyi.domains.patients.enums import ConsentKind

EFFECTIVE_FROM = date(2021, 11, 1)  # PIPL comes into force

_RIGHTS = """您的权利
您可以随时查阅、复制、更正自己的信息，要求解释处理规则，或在法定保存期满后要求删除。
向前台口头或书面提出即可，我们在 15 天内答复。"""

_WITHDRAW = """可以撤回
您可以随时撤回本项同意，方式与给出同意一样简单：告诉前台即可。撤回不影响撤回之前已经进行的处理，也不影响您继续就诊。"""

_CHILD = """未成年人
未满 18 周岁的患者由父母或其他监护人阅读并作出同意。未满 14 周岁患者的全部个人信息都按敏感个人信息保护。"""

PRIVACY = f"""谁在处理您的信息
您就诊的医疗机构（名称、地址、电话见挂号凭证和院内公示）。

为什么处理
为您建档、预约、诊疗、收费、随访，以及履行法律规定的病历保存和报告义务。

处理哪些信息
姓名、性别、出生日期、证件类型和号码、电话、邮箱、监护人信息、预约和就诊记录、缴费记录。

怎样处理
在本机构的信息系统中加密保存证件号码，屏幕上默认隐藏电话和证件号码的中间几位；每次查看完整号码都会留下记录。只有工作需要的人员能够看到您的档案。不会出售您的信息；除法律要求外，提供给其他机构前会另行征得您的同意。

保存多久
门（急）诊病历自最后一次就诊之日起不少于 15 年，住院病历不少于 30 年；其他信息在用途结束后删除。

{_RIGHTS}

{_CHILD}

不同意会怎样
这些信息是提供诊疗服务所必需的；不同意时我们无法为您建档和预约，但急救不受影响。"""

SENSITIVE = f"""这一项为什么单独征求
医疗健康信息和证件号码属于敏感个人信息，一旦泄露可能使您的人格尊严或人身、财产安全受到侵害，因此需要您单独同意。

处理哪些敏感信息
病史、过敏史、检查检验结果、诊断、治疗和手术记录、用药记录、身份证件号码。

为什么必须处理
诊断和治疗要以这些信息为依据；过敏史、用药史等直接关系到您的安全。

怎样保护
加密保存，按岗位授权查看，查看和修改都有记录，发现泄露会立即补救并通知您。

保存多久
与病历相同：门（急）诊不少于 15 年，住院不少于 30 年。

{_CHILD}

{_WITHDRAW}"""

MESSAGES = f"""我们会发什么
预约确认、就诊前提醒、改约和取消通知、术后注意事项和复诊提醒。

用到哪些信息
姓名、手机号或邮箱、预约的时间和地点。内容里不写诊断和治疗项目的细节。

谁来发送
由本机构委托的短信或邮件服务商发送，只提供发送所必需的号码和内容，并按合同约定保密和删除。

{_WITHDRAW}"""

MARKETING = f"""我们会发什么
新项目介绍、活动和优惠信息、健康科普。

用到哪些信息
姓名、手机号或邮箱；如果按您做过的项目挑选内容，您可以要求改发不针对个人的通用内容。优惠不会因人而异地抬高价格。

这一项完全自愿
不同意不影响预约、诊疗、价格和服务。

{_WITHDRAW}"""

PHOTOS = f"""拍什么
诊疗部位（可能包括面部）的照片、口内照、影像资料。面部影像属于敏感个人信息。

用来做什么
只用于您本人的诊断、方案设计、疗效对比和病历。不用于宣传、教学和发表；如有需要，会就每个渠道另行征得您的同意。

怎样保护
加密保存，每次查看都有记录，不得用私人手机拍摄或转发。

保存多久
作为病历的一部分保存；与病历无关的影像在您撤回后删除。

{_CHILD}

{_WITHDRAW}"""

FIRST_TEXTS: dict[str, tuple[str, str]] = {
    ConsentKind.PRIVACY: ("个人信息处理告知与同意", PRIVACY),
    ConsentKind.SENSITIVE: ("敏感个人信息处理单独同意", SENSITIVE),
    ConsentKind.MESSAGES: ("接收就诊提醒消息", MESSAGES),
    ConsentKind.MARKETING: ("接收营销信息", MARKETING),
    ConsentKind.PHOTOS: ("医学影像采集与留存单独同意", PHOTOS),
}
