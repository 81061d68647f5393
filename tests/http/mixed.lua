-- Mixed requests: pages, the API, facets, completions, with one to three words, filters, orders.
local words = {
  "chuyển đổi số", "nông thôn mới", "thu hồi đất", "bồi thường", "giải phóng mặt bằng", "đầu tư công", "cải cách hành chính", "y tế", "giáo dục",
  "học sinh", "doanh nghiệp", "xuất khẩu", "nông nghiệp", "du lịch", "giao thông", "cao tốc", "lũ", "bão", "hạn mặn", "môi trường", "rác thải",
  "an ninh", "quốc phòng", "biên giới", "cửa khẩu", "hợp tác xã", "sản xuất", "công nghiệp", "khu công nghiệp", "lao động", "việc làm", "thuế",
  "ngân sách", "hội nghị", "kiểm tra", "thanh tra", "tham nhũng", "chủ tịch", "bí thư", "phó chủ tịch", "bộ trưởng", "công an", "chuyen doi so",
  "nong thon moi", "thu hoi dat", "ubnd tinh", "UBND", "HĐND", "\"ủy ban nhân dân\"", "xây dựng", "quy hoạch", "nhà ở", "đất đai", "điện", "nước sạch",
}
local years = { "", "", "&year=2017", "&year=2020", "&year=2022", "&year=2023", "&year=2024" }
local orders = { "", "", "&sort=newest", "&sort=oldest" }
local function encode(text)
  return (text:gsub("[^%w]", function(letter) return string.format("%%%02X", letter:byte()) end))
end
local function some(list) return list[math.random(#list)] end
local function query()
  local typed = some(words)
  for _ = 2, math.random(3) do typed = typed .. " " .. some(words) end
  return encode(typed)
end
local seeded = 0
function setup(thread) seeded = seeded + 1; thread:set("seed", seeded) end
function init() math.randomseed(seed) end
function request()
  local kind = math.random(10)
  if kind <= 5 then return wrk.format("GET", "/?q=" .. query() .. some(years) .. some(orders)) end
  if kind <= 7 then return wrk.format("GET", "/api/v1/search?q=" .. query() .. some(years) .. "&facets=province&max_values=20") end
  if kind == 8 then return wrk.format("GET", "/api/v1/suggest?q=" .. encode(some(words)):sub(1, math.random(6) * 3)) end
  if kind == 9 then return wrk.format("GET", "/facet/province?q=" .. query()) end
  return wrk.format("GET", "/feed.atom?q=" .. query())
end
function response(status)
  if status ~= 200 then refused = (refused or 0) + 1 end
end
local threads = {}
local plain_setup = setup
function setup(thread) plain_setup(thread); table.insert(threads, thread) end
function done(summary, latency)
  local refused = 0
  for _, thread in ipairs(threads) do refused = refused + (thread:get("refused") or 0) end
  local errors = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  local p99 = latency:percentile(99) / 1000
  io.write(string.format("%d answers, %.0f a second, p50 %.1f ms, p99 %.1f ms, %d refused, %d errors\n", summary.requests, summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, p99, refused, errors))
  if refused == 0 and errors == 0 and p99 <= tonumber(os.getenv("P99_MS")) then io.write("within bounds\n") else io.write("out of bounds\n") end
end
