// Writes an archive of hostile articles, all of them fictional: node hostile.mjs FOLDER. FOLDER.collection holds what the collection is to be called.
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { PAYLOADS } from "./payloads.mjs";

const folder = process.argv[2];
const NAME = `"><img src=x onerror=window.__xss=1> '`;
const inside = path.join(folder, `<svg onload=window.__xss=1>`);
await mkdir(inside, { recursive: true });
const sentence = "Bài viết hư cấu, soạn để thử trang tìm kiếm của tracuu.";
const articles = PAYLOADS.map((payload, at) => ({
  id: `x-${at} ${payload}`,
  title: `Sơn La thử ${at} ${payload}`,
  body: [
    `Ngày ${1 + (at % 28)}/3/2024, Phó Chủ tịch UBND tỉnh Sơn La Lò Văn Thiêm ${payload} chủ trì hội nghị về chuyển đổi số.`,
    `${payload}`,
    `Giám đốc Sở Y tế tỉnh Sơn La, bà Quàng Thị Hoa ${payload}, báo cáo; ${payload}chuyển đổi số${payload}.`,
    sentence,
  ].join("\n\n"),
  source: `Báo ${at} ${payload}`,
  url: at % 2 ? payload : `https://bao${at}.vn.example/?${payload}`,
  date: `2024-03-${String(1 + (at % 28)).padStart(2, "0")}`,
  category: payload,
}));
// The same story twice, cut by hostile words, for the page of copies.
const WORDS = "nhà rừng lớp đêm suối nương thóc ngô bản làng đường cầu chợ trường thầy trò mẹ con gùi nước lửa bếp mái tường ván đá cát gạch thợ già trẻ mùa mưa nắng gió sương".split(" ");
const word = (at) => WORDS[(at * at * 7 + at * 13 + Math.floor(at / WORDS.length) * 5) % WORDS.length];
const story = [...Array(30).keys()].map((line) => `Bà con kể ${[...Array(14).keys()].map((at) => word(line * 14 + at)).join(" ")}.`);
for (const [at, payload] of [PAYLOADS[0], PAYLOADS[2], PAYLOADS[4]].entries()) {
  articles.push({ id: `copy-${at}`, title: `Chuyện dựng nhà ${payload}`, body: [story.slice(0, 10).join(" "), `${story.slice(10, 20).join(" ")} ${payload}`, story.slice(20).join(" "), sentence].join("\n\n"), source: `Báo ${payload}`, date: "2024-04-01" });
}
// Words without an end.
articles.push({ id: "long", title: `Sơn La ${"w".repeat(400)}`, body: `Ngày 3/3/2024, tỉnh Sơn La ${"m".repeat(2_000)} họp. ${sentence}`, source: `Báo ${"n".repeat(300)}`, url: `https://bao.vn.example/${"d/".repeat(5)}${"u".repeat(500)}`, date: "2024-03-03" });
// Three that are harmless, whose dates are known by the year, by publication, not at all.
articles.push({ id: "year", title: "Ngày hội văn hóa Lai Châu năm 2022", body: `Các đội văn nghệ của Lai Châu đã luyện tập xong. ${sentence}` });
articles.push({ id: "published", title: "Vườn cau ở Trà Vinh", body: `Người trồng cau ở Trà Vinh kể chuyện giữ vườn. ${sentence}`, date: "2020-09-03" });
articles.push({ id: "undated", title: "Giữ rừng đầu nguồn", body: `Những cánh rừng ở Tuyên Quang đang được giao cho dân giữ. ${sentence}` });
await writeFile(path.join(inside, `"><script>window.__xss=1<&#x2f;script>'.jsonl`), articles.map((article) => JSON.stringify(article)).join("\n"));
await writeFile(path.join(folder, `"onerror=alert(1) <b>.txt`), `Sơn La ${PAYLOADS[3]}\n\nNgày 5/3/2024, UBND tỉnh Sơn La họp. ${PAYLOADS[0]} ${sentence}\n`);
await writeFile(path.join(folder, "tracuu.toml"), `source = ${JSON.stringify(PAYLOADS[1])}\n`);
await writeFile(`${folder}.collection`, NAME);
