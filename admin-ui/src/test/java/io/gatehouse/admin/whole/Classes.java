package io.gatehouse.admin.whole;

import io.gatehouse.admin.guard.Operations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What classes the program has, looked up where the compiler has put them. */
public final class Classes {

  private static final Path CLASSES = Path.of("target", "classes");

  private Classes() {}

  /** The families of Lambda's operations. */
  public static List<Class<?>> functionFamilies() {
    return in("io/gatehouse/admin/functions").filter(Operations.class::isAssignableFrom).toList();
  }

  /** The families of Cognito's operations. */
  public static List<Class<?>> userPoolFamilies() {
    return in("io/gatehouse/admin/pools").filter(Operations.class::isAssignableFrom).toList();
  }

  /** The families of API Gateway's operations. */
  public static List<Class<?>> families() {
    return in("io/gatehouse/admin/operations").filter(Operations.class::isAssignableFrom).toList();
  }

  /** The families of the operations of IAM and of the Security Token Service. */
  public static List<Class<?>> iamFamilies() {
    return in("io/gatehouse/admin/iam").filter(Operations.class::isAssignableFrom).toList();
  }

  /** The families of CloudWatch's operations, and of our own about metrics. */
  public static List<Class<?>> metricFamilies() {
    return in("io/gatehouse/admin/metrics").filter(Operations.class::isAssignableFrom).toList();
  }

  static Stream<Class<?>> in(String folder) {
    try (Stream<Path> files = Files.walk(CLASSES.resolve(folder))) {
      return files
          .map(file -> CLASSES.relativize(file).toString())
          .filter(file -> file.endsWith(".class") && !file.contains("package-info"))
          .map(file -> file.substring(0, file.length() - 6).replace('/', '.'))
          .sorted()
          .<Class<?>>map(Classes::load)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, Classes.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
