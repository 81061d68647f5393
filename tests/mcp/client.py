"""Calls each tool of a server as an assistant would, and looks at what it gives."""

import asyncio
import sys

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client


async def main(binary: str, index: str) -> None:
    server = StdioServerParameters(command=binary, args=["mcp", "--index", index])
    async with stdio_client(server) as (read, write), ClientSession(read, write) as session:
        await session.initialize()
        tools = {tool.name: tool for tool in (await session.list_tools()).tools}
        assert all(tool.annotations.readOnlyHint for tool in tools.values()), tools

        async def call(name: str, **arguments):
            result = await session.call_tool(name, arguments)
            assert not result.isError, result
            return result.structuredContent

        found = await call("search", query="chuyển đổi số", limit=3)
        hit = found["hits"][0]
        assert found["total"] == 29 and len(found["hits"]) == 3 and hit["id"] in hit["citation"] and hit["evidence"]
        article = await call("article", id=hit["id"])
        body = article["body"].encode()
        spans = [one for one in article["evidence"] if one["field"] == "body"]
        assert spans and all(body[one["start"] : one["end"]].decode() == one["quote"] for one in spans)
        facets = await call("facets", field="province", query="chuyển đổi số")
        province = facets["facets"]["province"]
        counted = sum(row["count"] for row in province["values"] + province["remainder"])
        assert counted == facets["total"] + province["repeats"]
        table = await call("table", query="chuyển đổi số", rows="province", columns="year")
        assert sum(map(sum, table["cells"])) == table["total"] + table["repeats"] and table["citation"]
        for row, cells in zip(table["rows"]["lines"], table["cells"]):
            for column, count in zip(table["columns"]["lines"], cells):
                if count:
                    again = await call("search", query="chuyển đổi số", limit=0, **{"is": [row["is"], column["is"]]})
                    assert again["total"] == count, (row, column)
        trend = await call("trend", q=["chuyển đổi số", "đất"])
        assert [one["total"] for one in trend["series"]] == [29, 18]
        posts = await call("posts", role="Bí thư Tỉnh ủy Kon Tum")
        held = [(one["person"], one["first"]["from"]) for one in posts["posts"]][:2]
        assert held == [("Rơ Chăm Thái Lữ", "2021-03-16"), ("Võ Đình Nguyên Khôi", "2023-11-09")] and posts["citation"]
        people = await call("people", official="Hứa Bá Trường")
        assert {pair["with"] for pair in people["pairs"]} == {"Võ Đình Nguyên Khôi", "Đinh Quốc Thảo"}
        wrong = await session.call_tool("search", {"province": "Atlantis"})
        assert wrong.isError and "Atlantis" in wrong.content[0].text
        print(f"{len(tools)} tools: {', '.join(tools)}; all answer")


asyncio.run(main(*sys.argv[1:]))
