"""Invented texts: petitions by field, without people's names or personal numbers; topics, reasons and practices."""

from collections.abc import Mapping
from random import Random

from sample_province.places import Unit

_RURAL = {
    "agriculture_rural": 15, "land": 18, "environment": 13, "transport": 15, "land_clearance": 6, "welfare": 8,
    "education": 5, "health": 4, "security": 5, "administration": 4, "economy": 2, "industry_trade": 2, "urban": 1,
    "party_building": 2, "other": 3,
}  # fmt: skip
_TOWN = {
    "urban": 17, "land": 15, "land_clearance": 11, "environment": 13, "transport": 13, "administration": 7,
    "security": 7, "education": 5, "health": 3, "welfare": 5, "industry_trade": 5, "economy": 2,
    "party_building": 2, "agriculture_rural": 3, "other": 2,
}  # fmt: skip

_MATTERS = {
    "party_building": (
        "công khai kết quả kiểm tra việc thực hiện quy chế dân chủ ở cơ sở",
        "nâng cao chất lượng sinh hoạt chi bộ tại khu dân cư",
        "quan tâm tạo nguồn phát triển đảng viên trẻ ở nông thôn",
        "chấn chỉnh tác phong, thái độ tiếp dân của một số cán bộ không chuyên trách",
        "bố trí kinh phí hoạt động cho Ban công tác Mặt trận",
    ),
    "economy": (
        "có cơ chế hỗ trợ hộ dân chuyển đổi đất lúa kém hiệu quả sang trồng cây ăn quả",
        "hỗ trợ vay vốn ưu đãi cho hợp tác xã kiểu mới",
        "quy hoạch vùng sản xuất tập trung gắn với bao tiêu sản phẩm",
        "hỗ trợ xây dựng nhãn hiệu sản phẩm OCOP của địa phương",
    ),
    "industry_trade": (
        "sắp xếp lại chợ dân sinh, bảo đảm phòng cháy chữa cháy",
        "hạ tầng cụm công nghiệp chậm hoàn thiện, ảnh hưởng lối đi của Nhân dân",
        "nâng cấp lưới điện hạ áp do điện yếu vào giờ cao điểm",
        "tạo điều kiện cho lao động địa phương vào làm tại khu công nghiệp",
        "bố trí bãi đỗ xe, khu vệ sinh tại điểm du lịch",
    ),
    "agriculture_rural": (
        "nạo vét kênh mương nội đồng bị bồi lắng, gây úng khi mưa lớn",
        "sửa chữa trạm bơm đã xuống cấp, không bảo đảm nước tưới vụ xuân",
        "cứng hóa đường trục chính nội đồng để đưa máy vào thu hoạch",
        "hỗ trợ hộ chăn nuôi bị thiệt hại do dịch bệnh",
        "kiểm soát chất lượng giống, vật tư nông nghiệp bán trên địa bàn",
        "sớm chi trả hỗ trợ thiệt hại lúa do mưa bão",
    ),
    "urban": (
        "lắp đặt hệ thống chiếu sáng tại các ngõ chưa có đèn",
        "chỉnh trang vỉa hè, thu hồi diện tích bị lấn chiếm để kinh doanh",
        "cải tạo hệ thống thoát nước vì ngập sau mỗi trận mưa",
        "bổ sung điểm vui chơi, sinh hoạt cộng đồng cho trẻ em",
        "xử lý dây viễn thông treo thấp, mất an toàn",
    ),
    "land_clearance": (
        "đẩy nhanh chi trả tiền bồi thường khi thu hồi đất làm đường",
        "xem xét lại đơn giá bồi thường cây cối, hoa màu",
        "sớm bàn giao đất tái định cư cho các hộ đã nhường đất",
        "làm rõ chỉ giới thu hồi đất của dự án mở rộng tuyến đường",
        "giải quyết phần diện tích đất xen kẹt còn lại sau thu hồi",
    ),
    "land": (
        "cấp giấy chứng nhận quyền sử dụng đất sau dồn điền, đổi thửa",
        "cấp đổi giấy chứng nhận do sai lệch diện tích giữa bản đồ và thực địa",
        "xử lý việc lấn chiếm đất công và hành lang kênh mương",
        "giải quyết hồ sơ chuyển mục đích sử dụng đất ở chậm so với giấy hẹn",
        "làm rõ ranh giới đất giữa các hộ giáp nghĩa trang",
        "xử lý đất giao trái thẩm quyền trước đây",
    ),
    "environment": (
        "xử lý mùi và nước thải từ trang trại chăn nuôi gần khu dân cư",
        "tăng số buổi thu gom rác thải sinh hoạt",
        "kiểm tra bụi và tiếng ồn từ cơ sở sản xuất vật liệu xây dựng",
        "di dời điểm tập kết rác gần trường học",
        "khắc phục ô nhiễm nguồn nước trên sông đoạn chảy qua địa bàn",
        "kiểm tra chất lượng nước sạch cấp cho các hộ dân",
    ),
    "transport": (
        "sửa chữa mặt đường liên xã bị xe quá tải làm hư hỏng",
        "lắp gờ giảm tốc và biển báo tại ngã tư nguy hiểm",
        "mở rộng đường trục để xe cứu hỏa đi được",
        "khắc phục đoạn đường đọng nước trước cổng trường",
        "kiểm soát xe chở vật liệu làm rơi vãi đất đá",
        "duy tu cầu dân sinh đã xuống cấp",
    ),
    "education": (
        "đầu tư thêm phòng học cho trường mầm non đang quá tải",
        "công khai các khoản thu đầu năm học",
        "bổ sung giáo viên cho trường tiểu học còn thiếu",
        "xây nhà vệ sinh đạt chuẩn cho học sinh",
    ),
    "health": (
        "bổ sung bác sĩ và thuốc bảo hiểm cho trạm y tế",
        "tăng phun thuốc phòng chống sốt xuất huyết",
        "giải quyết vướng mắc khi khám, chữa bệnh bằng căn cước công dân",
        "kiểm tra an toàn thực phẩm tại bếp ăn tập thể",
    ),
    "welfare": (
        "rà soát lại danh sách hộ nghèo, hộ cận nghèo",
        "chi trả trợ cấp bảo trợ xã hội đúng hạn",
        "hỗ trợ sửa chữa nhà ở cho gia đình chính sách",
        "giải quyết chế độ đối với người có công còn tồn đọng",
        "hướng dẫn thủ tục hưởng bảo hiểm xã hội tự nguyện",
    ),
    "administration": (
        "trả kết quả hồ sơ tại bộ phận một cửa chậm so với giấy hẹn",
        "hướng dẫn người cao tuổi nộp hồ sơ trực tuyến",
        "giảm giấy tờ phải nộp khi làm thủ tục đăng ký đất đai",
        "niêm yết công khai phí, lệ phí tại nơi tiếp dân",
    ),
    "security": (
        "tăng cường tuần tra ban đêm, phòng ngừa trộm cắp",
        "xử lý thanh thiếu niên tụ tập chạy xe gây mất trật tự",
        "lắp camera an ninh tại các điểm phức tạp",
        "xử lý tiếng ồn từ loa kéo sau 22 giờ",
    ),
    "other": (
        "bổ sung đầu sách cho tủ sách nhà văn hóa",
        "tu bổ di tích đã xuống cấp",
        "nâng cấp hệ thống truyền thanh cơ sở",
        "quy hoạch lại nghĩa trang nhân dân",
    ),
}  # fmt: skip

_OPENERS = (
    "Đề nghị",
    "Cử tri đề nghị",
    "Nhân dân kiến nghị",
    "Đề nghị chính quyền",
    "Phản ánh và đề nghị",
    "Kiến nghị",
)
_RURAL_PLACES = ("thôn {n}", "xóm {n}", "khu vực giáp đê thôn {n}", "đội {n}", "khu trung tâm")
_TOWN_PLACES = ("tổ dân phố số {n}", "ngõ {n}", "khu dân cư số {n}", "khu đô thị mới", "khu vực chợ")
_CLOSERS = (
    "",
    "",
    "",
    ", đã phản ánh nhiều lần",
    " trong năm nay",
    " và thông báo kết quả",
)

_EVERYWHERE = frozenset({"party_building", "economy", "education", "health", "welfare", "administration"})
"""The fields whose matters concern the whole unit."""


def is_town(unit: Unit) -> bool:
    """Whether the unit is a ward, a township, or a town or city among the districts."""
    return unit.type in {"Phường", "Thị trấn", "Thành phố", "Thị xã"}


def field_weights(unit: Unit) -> Mapping[str, float]:
    """How often each field is raised in the unit, as relative weights."""
    return _TOWN if is_town(unit) else _RURAL


def petition_text(rng: Random, unit: Unit, field: str) -> str:
    """One sentence about a matter of the field, at an invented place in the unit."""
    matter, opener, closer = rng.choice(_MATTERS[field]), rng.choice(_OPENERS), rng.choice(_CLOSERS)
    return f"{opener} {matter} tại {_place(rng, unit, field)}{closer}."


def _place(rng: Random, unit: Unit, field: str) -> str:
    """A hamlet or street in a commune if the matter has a place, else the unit."""
    name = f"{unit.type.lower()} {unit.name}"
    if unit.level != "commune" or field in _EVERYWHERE:
        return name
    places = _TOWN_PLACES if is_town(unit) else _RURAL_PLACES
    return f"{rng.choice(places).format(n=rng.randint(1, 12))}, {name}"


TOPICS = (
    "Kỹ năng tổ chức hội nghị đối thoại với Nhân dân",
    "Tiếp nhận, phân loại và theo dõi kiến nghị sau đối thoại",
    "Nghiệp vụ tham mưu thông báo kết luận và giao việc",
    "Kỹ năng trả lời, giải trình tại hội nghị",
    "Giám sát việc thực hiện kết luận sau đối thoại",
)
REWARDS = ("Giấy khen", "Bằng khen", "Biểu dương")
REASONS = {
    "reward": (
        "Giải quyết kiến nghị sau đối thoại đúng hạn, được Nhân dân đánh giá tốt",
        "Tổ chức đối thoại đủ số hội nghị theo chương trình, kết luận kịp thời",
        "Có cách làm hay trong tiếp nhận và trả lời kiến nghị",
    ),
    "discipline": (
        "Để nhiều kiến nghị quá hạn kéo dài, không báo cáo lý do",
        "Không thực hiện kết luận sau đối thoại dù đã được đôn đốc",
    ),
    "reminder": (
        "Chậm ban hành thông báo kết luận sau hội nghị",
        "Chậm giải quyết kiến nghị đã giao, cần có thời hạn khắc phục",
        "Chưa tổ chức đủ số hội nghị theo chương trình công tác năm",
    ),
}
PRACTICES = (
    ("Sổ theo dõi kiến nghị đến cùng", "Mỗi kiến nghị có một người theo dõi đến khi người dân nhận được trả lời."),
    ("Đối thoại tại nhà văn hóa thôn", "Chia hội nghị thành các buổi nhỏ tại thôn để nhiều người được nói hơn."),
    ("Trả lời trước, họp sau", "Gửi câu hỏi trước mười ngày, phần đã rõ được trả lời bằng văn bản phát tại hội nghị."),
    ("Bảng công khai việc sau đối thoại", "Niêm yết từng kết luận, người phụ trách và thời hạn tại trụ sở."),
)
"""The titles of good practices, each with its summary."""
