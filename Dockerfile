# The program without a database: docker-compose.yml puts the official Neo4j beside it.
FROM python:3.13-slim

WORKDIR /app
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONUNBUFFERED=1

# The dependencies change seldom, so they have a layer of their own.
COPY deploy/requirements.txt deploy/requirements.txt
RUN python -m pip install --require-hashes --no-deps --requirement deploy/requirements.txt

COPY pyproject.toml README.md LICENSE ./
COPY api api
COPY graph graph
COPY resolvers resolvers
COPY admin admin
COPY demo demo
COPY mappings mappings
RUN python -m pip install --no-deps .

RUN useradd --system --uid 10001 customer360 && install --directory --owner customer360 --mode 0700 /data
USER customer360
VOLUME /data
ENV HOST=0.0.0.0 PORT=8000 DATA_FOLDER=/data
EXPOSE 8000

HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]

ENTRYPOINT ["customer360"]
CMD ["serve"]
