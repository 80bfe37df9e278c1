"""Sentences of petitions as people write them: text to be masked is in ⟦ ⟧; the other sentences stay unchanged."""

PERSONAL = """
Đề nghị liên hệ ông Nam, số ⟦0912345678⟧, để xác minh thửa đất.
Bà Hoa (⟦0912.345.678⟧) phản ánh đường thôn 3 ngập úng.
Gia đình tôi ở xóm 4, điện thoại ⟦0912 345 678⟧, xin được trả lời.
Tổ trưởng tổ 5 – ⟦0912-345-678⟧ – báo cáo đèn đường hỏng.
Gọi ⟦0912_345_678⟧ để biết thêm chi tiết.
Người dân để lại số ⟦0912*345*678⟧.
Số liên hệ: ⟦0912·345·678⟧.
Số liên hệ: ⟦0912•345•678⟧ gặp chị Lan.
Xin gọi ⟦0912 -- 345 -- 678⟧ vào buổi tối.
Xin gọi ⟦0912 . 345 . 678⟧ vào buổi tối.
Xin gọi ⟦0912 / 345 / 678⟧ vào buổi tối.
Xin gọi ⟦0912/345/678⟧ vào buổi tối.
Xin gọi ⟦0912,345,678⟧ vào buổi tối.
Xin gọi ⟦0912 - 345 - 678⟧ vào buổi tối.
Xin gọi ⟦0912 – 345 – 678⟧ vào buổi tối.
Xin gọi ⟦0912 — 345 — 678⟧ vào buổi tối.
Xin gọi ⟦0912, 345, 678⟧ vào buổi tối.
Xin gọi ⟦0912; 345; 678⟧ vào buổi tối.
Xin gọi ⟦091 -- 234 -- 5678⟧ vào buổi tối.
Xin gọi ⟦091 / 2345 / 678⟧ vào buổi tối.
Xin gọi ⟦0912 -- 34 -- 56 -- 78⟧ vào buổi tối.
Xin gọi ⟦0912 -- 345678⟧ vào buổi tối.
Xin gọi ⟦09 12 34 56 78⟧ vào buổi tối.
Xin gọi ⟦0 9 1 2 3 4 5 6 7 8⟧ vào buổi tối.
Xin gọi ⟦0912…345…678⟧ vào buổi tối.
Xin gọi ⟦0912|345|678⟧ vào buổi tối.
Xin gọi ⟦0912 : 345 : 678⟧ vào buổi tối.
Xin gọi ⟦0912 345.678⟧ vào buổi tối.
Xin gọi ⟦0912.345 678⟧ vào buổi tối.
Xin gọi ⟦0912 345 - 678⟧ vào buổi tối.
Xin gọi ⟦(0912) 345 678⟧ vào buổi tối.
Xin gọi ⟦(0912)-345-678⟧ vào buổi tối.
Xin gọi ⟦+84 912 345 678⟧ vào buổi tối.
Xin gọi ⟦+84912345678⟧ vào buổi tối.
Xin gọi ⟦+84-912-345-678⟧ vào buổi tối.
Xin gọi ⟦+84.912.345.678⟧ vào buổi tối.
Xin gọi ⟦(+84) 912 345 678⟧ vào buổi tối.
Xin gọi ⟦+84 (0)912 345 678⟧ vào buổi tối.
Xin gọi ⟦+84_912_345_678⟧ vào buổi tối.
Xin gọi ⟦84912345678⟧ vào buổi tối.
Xin gọi ⟦0084912345678⟧ vào buổi tối.
Xin gọi ⟦0084 912 345 678⟧ vào buổi tối.
Máy bàn của nhà tôi là ⟦0226 3851234⟧.
Máy bàn của nhà tôi là ⟦0226.3851.234⟧.
Máy bàn của nhà tôi là ⟦(0226) 3.851.234⟧.
Máy bàn của nhà tôi là ⟦0226 - 3851 - 234⟧.
Máy bàn của nhà tôi là ⟦0226 -- 3851234⟧.
Máy bàn của nhà tôi là ⟦024 3825 1234⟧.
Máy bàn của nhà tôi là ⟦024 / 3825 / 1234⟧.
Ông Hùng ⟦0351234567⟧, bà Mai ⟦0781234567⟧ cùng ký đơn.
Ông Hùng ⟦035 123 4567⟧ và bà Mai ⟦078.123.4567⟧ cùng ký đơn.
Ai cũng gọi được số ⟦O912345678⟧ của trưởng thôn.
Ai cũng gọi được số ⟦09l2345678⟧ của trưởng thôn.
Ai cũng gọi được số ⟦09I2345678⟧ của trưởng thôn.
Ai cũng gọi được số ⟦O9l2 345 678⟧ của trưởng thôn.
Ai cũng gọi được số ⟦0912 34S 678⟧ của trưởng thôn.
Ai cũng gọi được số ⟦0912 345 67l⟧ của trưởng thôn.
Ai cũng gọi được số ⟦09123O5678⟧ của trưởng thôn.
Ai cũng gọi được số ⟦0912 3O5 678⟧ của trưởng thôn.
Ai cũng gọi được số ⟦０９１２３４５６７８⟧ của trưởng thôn.
Ai cũng gọi được số ⟦٠٩١٢٣٤٥٦٧٨⟧ của trưởng thôn.
sđt⟦0912345678⟧
SĐT:⟦0912345678⟧.
SĐT ⟦0912 345 678⟧ (zalo)
Zalo ⟦912.345.678⟧ nhé
ĐT: ⟦912 345 678⟧ gặp anh Tuấn
ĐT ⟦912_345_678⟧ gặp anh Tuấn
ÐT: ⟦912 345 678⟧ gặp anh Tuấn
đt ⟦912-345-678⟧ gặp anh Tuấn
Điện thoại nhà: ⟦3851234 5⟧ (máy lẻ)
ĐIỆN THOẠI ⟦3825 1234⟧
điện thoại di động số ⟦912345678⟧
Số máy ⟦38.251.234⟧ không ai nghe.
hotline ⟦3825 -1234⟧ không ai nghe
dien thoai ⟦3825 1234⟧ khong ai nghe
hỗ trợ ông An ⟦0912345678⟧ làm hồ sơ
kinh phí hỏi số ⟦0912345678⟧
Ngày 05/09/2024 tôi đã gọi ⟦0912345678⟧ hai lần.
Lúc 8 giờ 30 ngày 5/9, số ⟦0912345678⟧ không nghe máy.
⟦0912345678⟧ là số của tôi, ⟦0987654321⟧ là số của vợ tôi.
Thửa 123, tờ bản đồ 45, chủ hộ gọi ⟦0912 345 678⟧.
Thửa 123, ⟦0912 345 678⟧, tờ bản đồ 45.
Tôi là Nguyễn Văn A,⟦0912345678⟧,thôn Đông
Đường ĐT 491 hỏng, gọi ⟦0912345678⟧ để biết vị trí.
Kiến nghị KN-347-2024-01037 do số ⟦0912345678⟧ gửi.
Đề nghị trả lời qua CMND ⟦012345678⟧.
CMT ⟦012 345 678⟧ cấp tại Hà Nam.
CMT: ⟦168123456⟧ cấp tại Hà Nam.
CMT số ⟦168 123 456⟧ cấp tại Hà Nam.
cmt ⟦168.123.456⟧ cấp tại Hà Nam.
CMND ⟦01234 5678⟧ do Công an Hà Nam cấp.
CMND ⟦168-123-456⟧ do Công an Hà Nam cấp.
CMTND ⟦168123456⟧ do Công an Hà Nam cấp.
Chứng minh thư số ⟦168.123.456⟧ bị mất.
CHỨNG MINH NHÂN DÂN ⟦168 123 456⟧ bị mất.
Căn cước công dân số ⟦035.088.001.234⟧ ghi sai ngày sinh.
Căn cước ⟦035088001234⟧ ghi sai ngày sinh.
can cuoc ⟦035 088 001 234⟧ ghi sai
CCCD ⟦035 088 001 234⟧ ghi sai ngày sinh.
CCCD:⟦035-088-001-234⟧ ghi sai ngày sinh.
CCCD ⟦0350 8800 1234⟧ ghi sai ngày sinh.
CCCD ⟦035_088_001_234⟧ ghi sai ngày sinh.
CCCD ⟦35088001234⟧ ghi sai ngày sinh.
CCCD ⟦35 088 001 234⟧ ghi sai ngày sinh.
Mã định danh ⟦035088001234⟧ không tra cứu được.
Số định danh cá nhân: ⟦035 088 001 234⟧ không tra cứu được.
Ông B, số ⟦035088001234⟧, xin tách thửa.
Ông B, số ⟦035 088 001 234⟧, xin tách thửa.
Ông B, số ⟦35 088 001 234⟧, xin tách thửa.
Ông B, số ⟦35088001234⟧, xin tách thửa.
Ông B, số ⟦1 099 012 345⟧, xin tách thửa.
Ông B, số ⟦1099012345⟧, xin tách thửa.
Ông B, số ⟦168 123 456⟧, xin tách thửa.
Ông B, số ⟦168123456⟧, xin tách thửa.
Ông B, số ⟦012 345 678⟧, xin tách thửa.
Ông B, số ⟦012.345.678⟧, xin tách thửa.
Ông B, số ⟦001-099-012-345⟧, xin tách thửa.
Ông B, số ⟦3.5088001234E+10⟧, xin tách thửa.
Ông B, số ⟦9.12345678E+08⟧, xin tách thửa.
Con tôi mang hộ chiếu ⟦B1234567⟧ nay hết hạn.
Con tôi mang hộ chiếu số ⟦C1234567⟧ nay hết hạn.
Con tôi mang hộ chiếu ⟦C 1234567⟧ nay hết hạn.
Hộ chiếu: ⟦P01234567⟧, cấp năm 2023.
HỘ CHIẾU SỐ ⟦N1234567⟧
hộ chiếu ⟦b1234567⟧ bị mất
hộ chiếu số ⟦1234567⟧ bị mất
Passport ⟦B1234567⟧ bị mất
Passport No. ⟦C 123 4567⟧ bị mất
ho chieu ⟦B1234567⟧ bi mat
Xin gửi kết quả về ⟦nguyenvanan@gmail.com⟧.
Xin gửi kết quả về ⟦nguyen.van_an-88@hanam.gov.vn⟧ trước 15/10.
Xin gửi kết quả về ⟦an @ gmail.com⟧ trước 15/10.
Xin gửi kết quả về ⟦an (at) gmail.com⟧ trước 15/10.
Xin gửi kết quả về ⟦an(at)gmail.com⟧ trước 15/10.
Xin gửi kết quả về ⟦an[at]gmail.com⟧ trước 15/10.
Xin gửi kết quả về ⟦an [at] gmail.com⟧ trước 15/10.
Xin gửi kết quả về ⟦an{AT}gmail.com⟧ trước 15/10.
Xin gửi kết quả về ⟦an (a) gmail.com⟧ trước 15/10.
Xin gửi kết quả về ⟦an a còng gmail.com⟧ trước 15/10.
Xin gửi kết quả về ⟦an A CÒNG gmail.com⟧ trước 15/10.
Xin gửi kết quả về ⟦an (a còng) gmail.com⟧ trước 15/10.
Sửa chữa công trình, hỏi ⟦an a còng gmail⟧ trước 15/10.
Xin gửi kết quả về ⟦an (at) gmail (dot) com⟧ trước 15/10.
Xin gửi kết quả về ⟦an@gmail(.)com⟧ trước 15/10.
Xin gửi kết quả về ⟦an@ gmail.com⟧ trước 15/10.
Xin gửi kết quả về ⟦an @gmail.com⟧ trước 15/10.
Xin gửi kết quả về ⟦an@gmail⟧ trước 15/10.
Xin gửi kết quả về ⟦a.b＠x.com.vn⟧ trước 15/10.
Thư: ⟦0912345678@yahoo.com.vn⟧, xin trả lời.
Mail <⟦an.nguyen@x.vn⟧>, xin trả lời.
""".strip().splitlines()

ACROSS_LINES = (
    "Số của tôi là ⟦0912345\n678⟧ xin gọi lại",
    "Số của tôi là ⟦0912\n345\n678⟧ xin gọi lại",
    "Số của tôi là ⟦0912 345\n678⟧ xin gọi lại",
    "Số của tôi là ⟦09123\n45678⟧ xin gọi lại",
    "Số của tôi là ⟦0912 \n 345 678⟧ xin gọi lại",
    "Căn cước ⟦035088\n001234⟧ xin xác nhận",
    "CMND:\n⟦168 123 456⟧\nthôn Đông",
    "Ông A\n⟦0912345678⟧\nBà B\n⟦0987654321⟧",
)
"""Phrases with a line break inside a number."""

NOT_PERSONAL = """
Đường liên thôn từ 01/08/2024 - 15/08/2024 bị cắt.
Các ngày 01/08/2024, 02.08.2024, 03-08-2024 đều mất điện.
Các tháng 05/2024, 06/2024, 07/2024 chưa có nước sạch.
Các buổi 01/08, 02/08, 03/08, 04/08, 05/08 đều không họp.
Lúc 08:00 ngày 01/08/2024 và 2024-08-01 10:00:00.
Từ 07:30 đến 08:30, 09:00 đến 10:45 hằng ngày.
Hẹn 07 giờ 30 phút ngày 05 tháng 9 năm 2024 tại nhà văn hóa.
Họp hồi 7h30 ngày 5.9.2024, kết thúc 11h45.
Tiếp nhận 17:00 26/08/2024, trả kết quả 08:30:15 01/09/2024.
Giai đoạn 2021-2025, tầm nhìn 2030, định hướng 2045.
Kế hoạch 2021-2025 và 2026-2030 chưa công khai.
Nhiệm kỳ 2020 - 2025, năm học 2023-2024, 2024-2025.
Ngày 30/06/2024, ngày 01/07/2024 và ngày 02/07/2024 trời mưa.
Quý I/2024, quý II/2024, quý III/2024 đã báo cáo.
Từ ngày 15/12/2023 đến 14/12/2024 thôn có 03 hội nghị.
Công văn 41/UBND-VP trả lời chưa đúng câu hỏi.
Công văn số 12/UBND-VP, Nghị quyết 01/2024/NQ-HĐND.
Quyết định 123/2024/QĐ-UBND ngày 05/09/2024 chưa được thực hiện.
Quyết định số 123/QĐ-UBND, 4567/QĐ-UBND ngày 05/09/2024.
Thông báo số 215/TB-UBND, 216/TB-UBND, 217/TB-UBND.
Nghị định 13/2023/NĐ-CP, Luật 31/2024/QH15, Luật 91/2025/QH15.
Thông tư 05/2024/TT-BTNMT, 06/2024/TT-BTNMT, 07/2024/TT-BTNMT.
Quy định 11-QĐi/TW năm 2019, Quy định 366-QĐ/TW năm 2025.
Kết luận số 08-KL/TU, Chỉ thị 05-CT/TU, Nghị quyết 09-NQ/TU.
Tờ trình 1024/TTr-UBND ngày 03/04/2024 và 1025/TTr-UBND.
Giấy chứng nhận BD 123456 cấp năm 2015.
Giấy chứng nhận quyền sử dụng đất AB 012345, vào sổ CH00123.
Số vào sổ CS 04567 ngày 12/03/2020.
KN-347-2024-01037 chưa có trả lời.
Kiến nghị KN-047-2024-0103 và KN-047-2024-0104 trùng nhau.
Hồ sơ H41.12-240905-0012 nộp đã 3 tháng.
Mã hồ sơ 000.00.17.H42-240115-0034 quá hạn.
Mã hồ sơ H42.15.20-231204-0007 quá hạn.
Hội nghị HN-13285-2024-001 chưa có kết luận.
Phiếu PA/2024/000123 chưa được chuyển.
Biên bản BB-2023-12-0045 lập ngày 12/12/2023.
Đề nghị hỗ trợ 912.345.678 đồng cho thôn.
Đề nghị hỗ trợ 912345678 đ cho thôn.
Đã chi 84.912.345.678 VNĐ từ ngân sách.
Dự án 123 456 789 012 đồng chưa quyết toán.
Dự án 35 088 001 234 đồng chưa quyết toán.
Quỹ còn 168 123 456 đồng sau khi chi.
Quỹ còn 168 123 456 VND sau khi chi.
Đã thu 1.500 triệu, còn thiếu 120 tỷ.
Kinh phí 123456789 đã giải ngân.
Kinh phí: 168 123 456 đã giải ngân.
Tổng mức đầu tư 12345678901 là quá lớn.
Tổng mức đầu tư là 35 088 001 234, quá lớn.
Dự toán: 987654321.
Dự toán 35.088.001.234 chưa duyệt.
Số tiền 168.123.456 chưa trả dân.
Vay 500000000 từ 2023 chưa trả.
Vay 168 000 000 từ 2023 chưa trả.
Thôn quyên góp được 35 500 000 để làm đường.
Đền bù 912345678 là thấp.
Bồi thường 168 123 456 là thấp.
Giá trị hợp đồng 35.088.001.234 chưa thuế.
Tổng số 168.123.456 sau kiểm kê.
Thu 1.234.567.890 đồng, chi 987.654.321 đồng.
Mức 1.035.123.456 chưa gồm thuế.
Nợ 12.035.123.456 đồng tiền vật liệu.
Giá 45.000.000 đồng/m2 là cao hơn năm 2023.
Mỗi hộ đóng 1.200.000 đồng, 350 hộ là 420.000.000 đồng.
Phạt từ 5.000.000 đến 10.000.000 đồng.
Chi phí 123456789 do xã trả.
Quyết toán 168 123 456 chưa công khai.
Hỗ trợ 500.000 đồng/người/tháng cho 1.234 người.
Diện tích 123456789 m2 đất lúa.
Diện tích 1.234.567.890 m² đất lúa.
Diện tích 0,5 ha tại thửa 123, tờ bản đồ 45.
Thửa 123, tờ bản đồ 45, 1.234 m².
Thửa đất số 1023, tờ bản đồ số 07, diện tích 250,5 m2.
Các thửa 123, 124, 125, 126, 127 tờ bản đồ 12.
Các thửa 035, 036, 0378 tờ bản đồ 12.
Các thửa 012 345 678 thuộc tờ số 9.
Thửa 123-456-789 tờ 5 bị chồng lấn.
Tờ 05, thửa 0123, 0124, 0125, 0126.
Lô 12, 13, 14, 15, 16, 17 khu tái định cư.
Đất 5% của 12 hộ, mỗi hộ 360 m2 (10 thước).
Quốc lộ 1A, km 12+345, thửa 123, tờ 45.
QL1A đoạn km 12+300 đến km 15+600 hỏng.
QL.21B qua xã từ Km12+300 - Km15+600 hỏng.
ĐT 491 xuống cấp, xe tải chạy suốt đêm.
Tuyến ĐT.491 dài 12,5 km, rộng 9 m.
ĐT 491, ĐT 492, ĐT 493, ĐT 494 đều hỏng.
Nâng cấp ĐT 494 2021-2025 chậm.
ĐT 491 năm 2023, 2024 chưa được sửa.
Tuyến ĐT495B, ĐT 498 và ĐH 02, ĐH 03 ngập.
Đường ĐH.05 - ĐH.06 - ĐH.07 - ĐH.08 xuống cấp.
Cống D1000 tại K12+345 đê tả Đáy bị sụt.
Cột 110kV số 12, 13, 14 nghiêng.
Trạm biến áp 180kVA-10/0,4kV quá tải.
Tỷ lệ 12,5 %, 45,67 %, 98,765 % qua ba năm.
Đạt 0,123456789012 theo bảng tính.
Tăng 1,5 lần, giảm 0,25 lần so với 2023.
Đạt 345/350 phiếu, bằng 98,57 %.
Kết quả 123/456/789 phiếu thuận, chống, trắng.
Biểu quyết: 1.234/1.240 cử tri tán thành (99,5 %).
Lấy ý kiến 1.023 hộ, 987 hộ đồng ý, 36 hộ không.
Thôn 1: 120, thôn 2: 135, thôn 3: 98, thôn 4: 210 hộ.
0, 1, 2, 3, 4, 5, 6, 7
1. Đường; 2. Điện; 3. Nước; 4. Trường; 5. Trạm
Tỷ số 3-2, 4-1, 5-0, 2-2 giải thôn.
Mực nước +3,50 m lúc 07:00, +3,85 m lúc 13:00.
Nhiệt độ 37-39 độ, mưa 120 mm, 85 mm, 60 mm.
Tọa độ 20,5412 và 105,9134 gần cầu.
Xe 90A-123.45 và 90C-678.90 chạy quá tải.
Xe biển số 90B1-234.56 đỗ chắn cổng trường.
Trường có 12 lớp, 456 học sinh, 23 giáo viên, thiếu 05 phòng.
Lớp 1A 45 em, 1B 46 em, 1C 44 em.
Chợ mở các ngày 2, 5, 8, 12, 15, 18, 22, 25, 28 âm lịch.
Trạm y tế khám 1.234 lượt, tiêm 567 mũi, cấp 89 thẻ.
Đài phát lúc 5h00, 11h00, 17h00, 19h30.
Xe buýt tuyến 01, 02, 03, 04, 05 bỏ chuyến.
Điện thoại từ 05/09/2024 đến nay không có sóng.
Điện thoại đường dây nóng 113, 114, 115 luôn bận.
Trạm phát sóng điện thoại 4G, 5G chưa phủ thôn 3.
Làm căn cước ngày 01/08/2024 10:00 phải chờ.
Cấp hộ chiếu ngày 01/08/2024 phải chờ 15 ngày.
Làm hộ chiếu năm 2023, 2024 đều chậm.
Cấp 1.234.567 hộ chiếu, 35.088 căn cước.
Cần chứng minh nguồn gốc đất trước 15/10/1993.
Đường CMT8 ngập từ số 12 đến số 45.
Mua 25 kg @ 12.500 đồng và 30 kg @ 13.000 đồng.
Họp (a) bí thư, (b) chủ tịch, (c) trưởng thôn.
Đề nghị sửa chữa công trình số 123456 tại khu dân cư.
Khu A công nghiệp và nhà ca công nhân chưa có nước.
Cổng thông tin hanam.gov.vn chưa đăng kết luận.
Trang dichvucong.gov.vn báo lỗi 404 rồi 500.
Phụ lục 01, 02, 03; biểu 04a, 05b, 06c.
Điều 12, khoản 3, điểm b; Điều 45, khoản 1.
Nghị quyết số 18-NQ/TW, mục 2.1.3, 2.1.4, 2.1.5.
khoảng trắng  thừa
Oooooooooooo, xin cảm ơn!
Tổ dân phố số 01, 02, 03, 04 phường Quang Trung.
Ngõ 12/34/56 đường Lê Lợi ngập.
Số nhà 123/45/6 ngõ 78 chưa có biển.
Máy bơm 1.000 m3/h x 5 máy, 540 m3/h x 3 máy.
Sản lượng 12.345.678 kWh, tổn thất 4,56 %.
Dân số 168 123 456 người là số sai trong báo cáo.
Đàn lợn 12.345 con, gia cầm 1.234.567 con.
Xi măng 12.500 tấn, cát 3.400 m3, thép 890 tấn.
Lãi suất 0,65 %/tháng, 7,8 %/năm, vay 36 tháng.
Bậc lương 2,34 - 2,67 - 3,00 - 3,33 - 3,66.
Độ tuổi 18-25, 26-35, 36-45, 46-60.
Sổ hộ nghèo 2022, 2023, 2024 ghi 45, 38, 29 hộ.
Hàm lượng 0,05 mg/l, vượt 1,5 lần QCVN 01-1:2018/BYT.
TCVN 4054:2005, TCVN 5729:2012, QCVN 41:2019/BGTVT.
Gói thầu số 05, 06, 07/2024 chậm 45 ngày.
""".strip().splitlines()
