"""The yardstick: nameko as it comes, one service that returns what it gets, and nameko's own client. Prints seconds."""

import eventlet

eventlet.monkey_patch()

import sys  # noqa: E402
import time  # noqa: E402

from nameko.containers import ServiceContainer  # noqa: E402
from nameko.rpc import rpc  # noqa: E402
from nameko.standalone.rpc import ServiceRpcProxy  # noqa: E402


class Echo:
    name = "echo"

    @rpc
    def echo(self, value):
        return value


if __name__ == "__main__":
    url, calls = sys.argv[1], int(sys.argv[2])
    if len(sys.argv) == 3:
        import subprocess

        server = subprocess.Popen([sys.executable, __file__, url, "0", "serve"])
        try:
            time.sleep(2)
            with ServiceRpcProxy("echo", {"AMQP_URI": url}, timeout=20) as proxy:
                for _ in range(calls):
                    began = time.perf_counter()
                    proxy.echo({"till": "1", "amount": 1})
                    print(time.perf_counter() - began)
        finally:
            server.kill()
    else:
        container = ServiceContainer(Echo, config={"AMQP_URI": url})
        container.start()
        container.wait()
