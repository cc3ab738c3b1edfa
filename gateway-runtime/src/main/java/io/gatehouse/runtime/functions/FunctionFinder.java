package io.gatehouse.runtime.functions;

import io.gatehouse.model.snapshot.FunctionAlias;
import io.gatehouse.model.snapshot.FunctionVersion;
import io.gatehouse.model.snapshot.Snapshot.FunctionSnapshot;
import io.gatehouse.runtime.compile.AccountAccess;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;

/** From what a caller names to the version that runs. */
final class FunctionFinder {

  private static final int LONGEST = 512;

  private final AccountAccess accounts;
  private final DoubleSupplier random;

  /**
   * @param random from 0 to 1, for aliases that share invocations out
   */
  FunctionFinder(AccountAccess accounts, DoubleSupplier random) {
    this.accounts = accounts;
    this.random = random;
  }

  private record Name(String region, String account, String function, String qualifier) {}

  /**
   * @param function a name, {@code ACCOUNT:function:NAME} or an ARN, each perhaps with a qualifier
   * @param qualifier empty for none
   */
  Chosen find(String account, String function, String qualifier) {
    Name name = parse(function);
    if (!name.qualifier().isEmpty()
        && !qualifier.isEmpty()
        && !name.qualifier().equals(qualifier)) {
      throw Answers.invalidParameter(
          "The derived qualifier from the function name does not match the specified qualifier.");
    }
    String wanted = name.qualifier().isEmpty() ? qualifier : name.qualifier();
    boolean own = name.account().isEmpty() || name.account().equals(account);
    FunctionSnapshot found = own ? accounts.function(account, name.function()) : null;
    if (found == null || !(name.region().isEmpty() || name.region().equals(found.region()))) {
      throw Answers.notFound(
          arn(
              name.region().isEmpty() ? "us-east-1" : name.region(),
              name.account().isEmpty() ? account : name.account(),
              name.function(),
              wanted));
    }
    String arn = arn(found.region(), account, found.name(), wanted);
    FunctionVersion version = found.versions().get(version(found, wanted));
    if (version == null) {
      throw Answers.notFound(arn);
    }
    return new Chosen(found, version, wanted, arn);
  }

  private static Name parse(String text) {
    if (text.length() > LONGEST) {
      throw Answers.invalidParameter("The function's name is longer than " + LONGEST);
    }
    String[] parts = text.split(":", -1);
    if (parts[0].equals("arn")) {
      if (parts.length < 7
          || parts.length > 8
          || !parts[2].equals("lambda")
          || !parts[5].equals("function")) {
        throw Answers.invalidParameter("'" + text + "' is no ARN of a function");
      }
      return new Name(parts[3], parts[4], parts[6], parts.length == 8 ? parts[7] : "");
    }
    if (parts.length >= 3 && parts[1].equals("function")) {
      return new Name("", parts[0], parts[2], parts.length > 3 ? parts[3] : "");
    }
    if (parts.length > 2) {
      throw Answers.invalidParameter("'" + text + "' is no name of a function");
    }
    return new Name("", "", parts[0], parts.length > 1 ? parts[1] : "");
  }

  private static String arn(String region, String account, String name, String qualifier) {
    return String.join(":", "arn", "aws", "lambda", region, account, "function", name)
        + (qualifier.isEmpty() ? "" : ":" + qualifier);
  }

  private String version(FunctionSnapshot function, String qualifier) {
    if (qualifier.isEmpty()) {
      return FunctionSnapshot.LATEST;
    }
    FunctionAlias alias = function.aliases().get(qualifier);
    if (alias == null) {
      return qualifier;
    }
    double drawn = alias.weights().isEmpty() ? 1 : random.getAsDouble();
    for (Map.Entry<String, Double> share : new TreeMap<>(alias.weights()).entrySet()) {
      drawn -= share.getValue();
      if (drawn < 0) {
        return share.getKey();
      }
    }
    return alias.version();
  }
}
