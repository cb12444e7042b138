"""Addresses of the keeper's pages."""

from django.urls import path

from wenlan.web.keeper import books, county, files, lending, off_line, orders, paper, signing, today

app_name = "keeper"
urlpatterns = [
    path("", today.today, name="today"),
    path("open", today.open_room, name="open"),
    path("close", today.close_room, name="close"),
    path("visit", today.visit, name="visit"),
    path("lend/", lending.lend, name="lend"),
    path("return/", lending.take_back, name="return"),
    path("book/", books.new_book, name="book"),
    path("orders/", orders.orders, name="orders"),
    path("paper/", paper.pages, name="paper"),
    path("paper/<uuid:uid>/", paper.paper_page, name="paper_page"),
    path("paper/<uuid:uid>/photo", paper.photo, name="paper_photo"),
    path("paper/lines/<uuid:uid>/strike", paper.strike, name="paper_strike"),
    path("off-line/", off_line.off_line, name="off_line"),
    path("off-line/acts", off_line.acts, name="off_line_acts"),
    path("off-line/file", files.take_in, name="off_line_file"),
    path("county/", county.county, name="county"),
    path("county/<int:number>/<slug:digest>", county.county_part, name="county_part"),
    path("worker.js", off_line.worker, name="worker"),
    path("rooms/", signing.rooms, name="rooms"),
    path("sign-in/", signing.sign_in, name="sign_in"),
    path("sign-out/", signing.sign_out, name="sign_out"),
]
