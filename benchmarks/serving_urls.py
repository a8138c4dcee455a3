"""The site's addresses and a bare view's, behind the same middleware."""

from django.http import HttpResponse
from django.urls import path

from newsroom.urls import handler400, handler404, handler500, urlpatterns

urlpatterns = [path("bare/", lambda request: HttpResponse("bare")), *urlpatterns]

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]
