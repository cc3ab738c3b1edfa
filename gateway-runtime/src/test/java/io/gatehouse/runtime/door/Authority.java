package io.gatehouse.runtime.door;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * An authority that vouches for backends of tests: real certificates, made by the JDK's keytool.
 */
final class Authority {

  private static final String PASSWORD = "changeit";

  private final Path directory;
  private final String name;
  private int made;

  private Authority(Path directory, String name) {
    this.directory = directory;
    this.name = name;
  }

  static Authority create(Path directory, String name) throws Exception {
    Authority authority = new Authority(directory, name);
    authority.generate(name, List.of("-ext", "bc:c", "-validity", "30"));
    return authority;
  }

  /** X.509 in PEM. */
  String pem() throws Exception {
    keytool("-exportcert", "-rfc", "-alias", "it", "-file", path(name + ".pem"), store(name));
    return Files.readString(directory.resolve(name + ".pem"));
  }

  /** A backend's side with a certificate for this name, or {@code ip:} address, that is valid. */
  SSLContext serving(String subject) throws Exception {
    return serving(subject, List.of("-validity", "10"));
  }

  /** The same with a certificate that is no longer valid. */
  SSLContext servingExpired(String subject) throws Exception {
    return serving(subject, List.of("-startdate", "-10d", "-validity", "5"));
  }

  /** The same with one that is not valid yet. */
  SSLContext servingFuture(String subject) throws Exception {
    return serving(subject, List.of("-startdate", "+5d", "-validity", "10"));
  }

  private SSLContext serving(String subject, List<String> validity) throws Exception {
    return context(signed(subject, validity));
  }

  /** Where key and certificate of a new backend lie, in PKCS #12. */
  private String signed(String subject, List<String> validity) throws Exception {
    String own = name + "-backend" + ++made;
    String alternative = subject.indexOf(':') < 0 ? "dns:" + subject : subject;
    generate(own, List.of());
    keytool("-certreq", "-alias", "it", "-file", path(own + ".csr"), store(own));
    List<String> sign =
        new ArrayList<>(
            List.of(
                "-gencert",
                "-rfc",
                "-alias",
                "it",
                "-infile",
                path(own + ".csr"),
                "-outfile",
                path(own + ".crt"),
                "-ext",
                "san=" + alternative,
                store(name)));
    sign.addAll(validity);
    keytool(sign.toArray(String[]::new));
    Files.writeString(
        directory.resolve(own + ".chain"),
        Files.readString(directory.resolve(own + ".crt")) + pem());
    keytool(
        "-importcert",
        "-noprompt",
        "-trustcacerts",
        "-alias",
        "it",
        "-file",
        path(own + ".chain"),
        store(own));
    return own;
  }

  /**
   * Certificate, with the authority's behind it, and key of a backend, for servers that read PEM.
   */
  Pem pemFor(String subject) throws Exception {
    String own = signed(subject, List.of("-validity", "10"));
    KeyStore keys = keys(own);
    String key =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keys.getKey("it", PASSWORD.toCharArray()).getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    Path keyFile = directory.resolve(own + ".key");
    Files.writeString(keyFile, key);
    return new Pem(directory.resolve(own + ".chain"), keyFile);
  }

  record Pem(Path certificate, Path key) {}

  private SSLContext context(String own) throws Exception {
    KeyManagerFactory factory = KeyManagerFactory.getInstance("NewSunX509");
    factory.init(keys(own), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  private KeyStore keys(String own) throws Exception {
    return KeyStore.getInstance(directory.resolve(own + ".p12").toFile(), PASSWORD.toCharArray());
  }

  private void generate(String own, List<String> more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "-genkeypair",
                "-alias",
                "it",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + own,
                "-storetype",
                "PKCS12",
                store(own)));
    command.addAll(more);
    keytool(command.toArray(String[]::new));
  }

  private String path(String file) {
    return directory.resolve(file).toString();
  }

  private static String store(String own) {
    return "@" + own;
  }

  private void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    for (String argument : arguments) {
      if (argument.startsWith("@")) {
        command.addAll(
            List.of("-keystore", path(argument.substring(1) + ".p12"), "-storepass", PASSWORD));
      } else {
        command.add(argument);
      }
    }
    Path log = directory.resolve("keytool.log");
    Process keytool =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    keytool.waitFor(60, TimeUnit.SECONDS);
    assertEquals(0, keytool.exitValue(), () -> command + ": " + read(log));
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
