"""Answers are compressed, but for pictures, which are already. Django pads them: their length gives no token away."""

from django.middleware.gzip import GZipMiddleware

COMPRESSED = ("image/jpeg", "image/png", "image/webp", "image/gif", "application/octet-stream")


class CompressionMiddleware(GZipMiddleware):
    def process_response(self, request, response):
        if response.get("Content-Type", "").startswith(COMPRESSED):
            return response
        return super().process_response(request, response)
