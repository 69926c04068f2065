package io.backstop.executor.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server on the loopback that says what it is told to. */
final class ScriptedSmtp implements AutoCloseable {
  /** Instead of a reply: none. */
  static final String HANG = "hang";

  /** Instead of a reply: the end of the connection. */
  static final String CLOSE = "close";

  static final String GREETING = "greeting";
  static final String CONTENT = ".";

  private final Map<String, String> replies = new LinkedHashMap<>();
  private final List<String> extensions = new CopyOnWriteArrayList<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final ServerSocket door;
  private volatile SSLContext tls;

  ScriptedSmtp() {
    try {
      door = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  /** Offers STARTTLS. */
  ScriptedSmtp withTls(SSLContext context) {
    tls = context;
    return this;
  }

  ScriptedSmtp offering(String extension) {
    extensions.add(extension);
    return this;
  }

  /**
   * @param command how it starts, {@link #GREETING} or {@link #CONTENT}
   */
  ScriptedSmtp on(String command, String reply) {
    replies.put(command, reply);
    return this;
  }

  String url() {
    return "smtp://127.0.0.1:" + door.getLocalPort();
  }

  /** All commands so far, in the order of their arrival. */
  List<String> commands() {
    return commands;
  }

  List<String> messages() {
    return messages;
  }

  int connections() {
    return connections.get();
  }

  /** Connections that are open now. */
  int openConnections() {
    return open.size();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = door.accept();
        connections.incrementAndGet();
        open.add(socket);
        daemon(() -> serve(socket));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void serve(Socket plain) {
    try (plain) {
      Socket socket = plain;
      if (!say(socket, reply(GREETING, "220 scripted"))) {
        return;
      }
      BufferedReader in = reader(socket);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        commands.add(line);
        if (line.equals("STARTTLS") && tls != null) {
          say(socket, "220 go on");
          socket = encrypted(socket);
          in = reader(socket);
        } else if (!answer(socket, in, line)) {
          return;
        }
      }
    } catch (IOException gone) {
      // the client is gone
    } finally {
      open.remove(plain);
    }
  }

  private boolean answer(Socket socket, BufferedReader in, String line) throws IOException {
    if (line.startsWith("EHLO")) {
      return say(socket, reply("EHLO", ehlo(socket)));
    } else if (line.startsWith("DATA")) {
      String reply = reply("DATA", "354 go on");
      if (!say(socket, reply) || !reply.startsWith("354")) {
        return !reply.equals(CLOSE);
      }
      read(in);
      return say(socket, reply(CONTENT, "250 2.0.0 queued as 7"));
    } else if (line.startsWith("QUIT")) {
      say(socket, "221 bye");
      return false;
    }
    return say(socket, reply(line, line.startsWith("AUTH") ? "235 welcome" : "250 ok"));
  }

  private String ehlo(Socket socket) {
    List<String> lines = new ArrayList<>(List.of("scripted"));
    if (tls != null && !(socket instanceof SSLSocket)) {
      lines.add("STARTTLS");
    }
    lines.addAll(extensions);
    int last = lines.size() - 1;
    return String.join("", lines.subList(0, last).stream().map(l -> "250-" + l + "\r\n").toList())
        + "250 "
        + lines.get(last);
  }

  private void read(BufferedReader in) throws IOException {
    StringBuilder message = new StringBuilder();
    for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
      message.append(line).append("\r\n");
    }
    messages.add(message.toString());
  }

  private String reply(String command, String ordinary) {
    return replies.entrySet().stream()
        .filter(entry -> command.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(ordinary);
  }

  /** False when the connection is to end. */
  private static boolean say(Socket socket, String reply) throws IOException {
    if (reply.equals(CLOSE)) {
      return false;
    }
    if (!reply.equals(HANG)) {
      OutputStream out = socket.getOutputStream();
      out.write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
    return true;
  }

  private Socket encrypted(Socket plain) throws IOException {
    SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(plain, "client", plain.getPort(), true);
    socket.setUseClientMode(false);
    socket.startHandshake();
    return socket;
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "scripted-smtp");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
