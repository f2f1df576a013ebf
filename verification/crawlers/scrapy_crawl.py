"""Crawls a site with Scrapy: robots.txt, no delay, every link, one item a page. The rest is in compare.py."""

import scrapy


class Pages(scrapy.Spider):
    name = "pages"

    def __init__(self, site, **arguments):
        super().__init__(**arguments)
        self.start_urls = [site]
        self.allowed_domains = ["127.0.0.1"]

    def parse(self, response):
        links = response.css("a::attr(href)").getall()
        yield {
            "url": response.url,
            "title": response.css("title::text").get(),
            "bytes": len(response.body),
            "links": len(links),
        }
        yield from response.follow_all(links)
