"""A way to a server that can be shut: from then on nothing that a client sends gets there, though it is taken."""
import socket
import threading


class Gate:
    def __init__(self, port):
        """To a port of this machine; `self.port` is the way in."""
        self.to = port
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.is_shut = False
        self.held_bytes = 0  # taken and not passed on
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            client, _ = self.listener.accept()
            try:
                server = socket.create_connection(("127.0.0.1", self.to))
            except OSError:
                client.close()
                continue
            for source, target, is_client in ((client, server, True), (server, client, False)):
                threading.Thread(target=self.pass_on, args=(source, target, is_client), daemon=True).start()

    def pass_on(self, source, target, is_client):
        try:
            while data := source.recv(65536):
                if is_client and self.is_shut:
                    self.held_bytes += len(data)
                else:
                    target.sendall(data)
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # was gone already
