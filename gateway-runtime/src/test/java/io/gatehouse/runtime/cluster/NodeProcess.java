package io.gatehouse.runtime.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A node in a process of its own, which takes commands and answers them, each with a line. */
final class NodeProcess {

  private static final int ANSWER_SECONDS = 240;
  private static final String END = "";

  private final Process process;
  private final PrintWriter in;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  private NodeProcess(Process process) {
    this.process = process;
    this.in = new PrintWriter(process.outputWriter(), true);
    Thread.ofPlatform().daemon().start(this::read);
  }

  /**
   * @param heap as {@code 192m}
   * @param log what it says on its standard error is added here
   */
  static NodeProcess of(
      Class<?> program, String heap, Path log, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return new NodeProcess(builder.start());
  }

  private void read() {
    try (BufferedReader out = process.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        answers.add(line);
      }
    } catch (IOException e) {
      // it was killed
    }
    answers.add(END);
  }

  void tell(String command) {
    in.println(command);
  }

  String ask(String command) throws InterruptedException, TimeoutException {
    tell(command);
    return answer();
  }

  /** The next line that it says. */
  String answer() throws InterruptedException, TimeoutException {
    return answer(0);
  }

  /**
   * @param seconds that it may take longer than usual
   */
  String answer(int seconds) throws InterruptedException, TimeoutException {
    String line = answers.poll(ANSWER_SECONDS + seconds, TimeUnit.SECONDS);
    if (line == null) {
      throw new TimeoutException("process " + process.pid() + " says nothing");
    }
    if (line.equals(END)) {
      throw new IllegalStateException("the node is gone");
    }
    return line;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** As {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Waits for its end. */
  void awaitEnd() throws InterruptedException, TimeoutException {
    if (!process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
      throw new TimeoutException("process " + process.pid() + " does not stop");
    }
  }

  void signal(String name) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
            .inheritIO()
            .start()
            .waitFor();
    if (code != 0) {
      throw new IOException("kill -" + name + " ends with " + code);
    }
  }
}
