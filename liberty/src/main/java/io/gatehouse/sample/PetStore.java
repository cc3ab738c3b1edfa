package io.gatehouse.sample;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A pet store over HTTP: lists, finds and takes in pets, and tells for every other path what it
 * received.
 */
public final class PetStore {

  private static final int LARGEST_BODY = 1 << 20;
  private static final int LARGEST_PET = 4 << 10;
  private static final int MOST_PETS = 1000;

  private final ConcurrentSkipListMap<Integer, String> pets = new ConcurrentSkipListMap<>();
  private final AtomicInteger lastId = new AtomicInteger();

  PetStore() {
    List.of(
            "{\"type\": \"dog\", \"price\": 249.99}",
            "{\"type\": \"cat\", \"price\": 124.99}",
            "{\"type\": \"fish\", \"price\": 0.99}")
        .forEach(this::takeIn);
  }

  /** Serves on the loopback port given as the only argument until the process ends. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1 || !arguments[0].matches("\\d{1,5}")) {
      System.err.println("usage: PetStore PORT (a number such as 9280)");
      System.exit(2);
    }
    HttpServer server = start(Integer.parseInt(arguments[0]));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(1)));
    System.out.println("pet store listens on 127.0.0.1:" + server.getAddress().getPort());
  }

  /** Starts a store on a loopback port; 0 picks a free one. */
  public static HttpServer start(int port) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 256);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", new PetStore()::serve);
    server.start();
    return server;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
      Answer answer = body.length > LARGEST_BODY ? tooLarge(exchange) : answer(exchange, body);
      byte[] bytes = answer.json().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(answer.status(), head ? -1 : bytes.length);
      if (!head) {
        try (OutputStream out = exchange.getResponseBody()) {
          out.write(bytes);
        }
      }
    }
  }

  private Answer answer(HttpExchange exchange, byte[] body) {
    String path = exchange.getRequestURI().getRawPath();
    String method = exchange.getRequestMethod();
    if (path.equals("/health")) {
      return new Answer(200, "{\"status\": \"UP\"}");
    }
    if (path.equals("/pets") && method.equals("GET")) {
      return new Answer(200, allPets());
    }
    if (path.equals("/pets") && method.equals("POST")) {
      return takeIn(body);
    }
    if (path.matches("/pets/\\d{1,9}") && method.equals("GET")) {
      return findPet(Integer.parseInt(path.substring("/pets/".length())));
    }
    return new Answer(200, echo(exchange, body));
  }

  private static Answer tooLarge(HttpExchange exchange) throws IOException {
    try (InputStream rest = exchange.getRequestBody()) {
      rest.skip(LARGEST_BODY);
    }
    return new Answer(413, "{\"message\": \"a body may have at most " + LARGEST_BODY + " bytes\"}");
  }

  private String allPets() {
    return pets.entrySet().stream()
        .map(pet -> pet(pet.getKey(), pet.getValue()))
        .collect(Collectors.joining(",\n  ", "[\n  ", "\n]\n"));
  }

  private Answer findPet(int id) {
    String pet = pets.get(id);
    return pet == null
        ? new Answer(404, "{\"message\": \"there is no pet " + id + "\"}")
        : new Answer(200, pet(id, pet) + "\n");
  }

  private Answer takeIn(byte[] body) {
    String json = new String(body, StandardCharsets.UTF_8).strip();
    if (body.length > LARGEST_PET || !json.startsWith("{") || !json.endsWith("}")) {
      return new Answer(
          400, "{\"message\": \"a pet is a JSON object of at most " + LARGEST_PET + " bytes\"}");
    }
    int id = takeIn(json);
    return new Answer(201, pet(id, json) + "\n");
  }

  private int takeIn(String json) {
    int id = lastId.incrementAndGet();
    pets.put(id, json);
    // The store is small: the oldest pets find a home when it is full.
    while (pets.size() > MOST_PETS) {
      pets.pollFirstEntry();
    }
    return id;
  }

  private static String pet(int id, String json) {
    String members = json.substring(1, json.length() - 1).strip();
    return "{\"id\": " + id + (members.isEmpty() ? "" : ", " + members) + "}";
  }

  private static String echo(HttpExchange exchange, byte[] body) {
    return "{\"method\": "
        + quoted(exchange.getRequestMethod())
        + ", \"path\": "
        + quoted(exchange.getRequestURI().toString())
        + ", \"headers\": {"
        + headers(exchange.getRequestHeaders())
        + "}, \"body\": "
        + quoted(new String(body, StandardCharsets.UTF_8))
        + "}\n";
  }

  private static String headers(Headers headers) {
    StringBuilder json = new StringBuilder();
    for (Iterator<Map.Entry<String, List<String>>> i = headers.entrySet().iterator();
        i.hasNext(); ) {
      Map.Entry<String, List<String>> header = i.next();
      json.append(quoted(header.getKey())).append(": ");
      json.append(quoted(String.join(", ", header.getValue())));
      json.append(i.hasNext() ? ", " : "");
    }
    return json.toString();
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> json.append(c < 0x20 ? "\\u%04x".formatted((int) c) : String.valueOf(c));
      }
    }
    return json.append('"').toString();
  }

  private record Answer(int status, String json) {}
}
