"""Addresses of the chief editor's screens, beside those that the admin makes of its own accord."""

from django.contrib import admin
from django.urls import path, register_converter

from . import assigning, carrying, many, naming, quality, reports

register_converter(naming.KindConverter, "kind")

app_name = "chief"
urlpatterns = [
    path("login/", carrying.login),  # in front of the admin's own
    path("again/", admin.site.admin_view(carrying.offer_kept), name="carried"),
    path("many/", many.index, name="many"),
    path("many/done/<int:pk>/", many.done, name="done"),
    path("many/replace/", many.replace, name="replace"),
    path("many/categories/", many.categories, name="categories"),
    path("many/assign/", assigning.assign, name="assign"),
    path("many/<kind:kind>/", naming.names, name="names"),
    path("many/<kind:kind>/<int:pk>/rename/", naming.rename, name="rename"),
    path("many/<kind:kind>/<int:pk>/merge/", naming.merge, name="merge"),
    path("reports/", reports.index, name="reports"),
    path("reports/wanted/", reports.wanted, name="wanted"),
    path("reports/contributors/", reports.contributors, name="contributors"),
    path("reports/quality/", quality.quality, name="quality"),
]
