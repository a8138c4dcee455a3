"""Addresses of the site: the admin and the public pages."""

urlpatterns: list = []
