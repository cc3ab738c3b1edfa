package io.gatehouse.model.policy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A policy document, read and ready to decide. */
public final class Policy {

  /** What a policy hangs on, which decides what its statements hold and how long it may be. */
  public enum Kind {
    /** On who calls: its statements name no principal. */
    IDENTITY(6144),
    /** On what is called: every statement names a principal. */
    RESOURCE(8192),
    /** On a function: like any resource's, with hyphens and underscores in its statements' ids. */
    FUNCTION(20_480),
    /** As a Lambda authorizer answers it: like an identity's, resources in any form. */
    AUTHORIZER(8192);

    private final int longest;

    Kind(int longest) {
      this.longest = longest;
    }

    /** Characters, white space not counted, as IAM does. */
    int longest() {
      return longest;
    }
  }

  private final List<Statement> statements;

  Policy(List<Statement> statements) {
    this.statements = List.copyOf(statements);
  }

  /**
   * @throws InvalidPolicy when the text is no policy of this kind
   */
  public static Policy parse(String text, Kind kind) {
    return new PolicyReader(kind).read(text);
  }

  /** Takes time in proportion to the policy times the request, whatever they hold. */
  public Verdict verdict(PolicyRequest request) {
    return grant(request).verdict();
  }

  /** An allow with how closely the caller is named by a statement that allows. */
  Grant grant(PolicyRequest request) {
    Verdict verdict = Verdict.SILENT;
    Naming closest = Naming.NOBODY;
    for (Statement statement : statements) {
      boolean decided = closest == Naming.CALLER && statement.effect() == Effect.ALLOW;
      Naming naming = decided ? Naming.NOBODY : statement.naming(request);
      if (naming == Naming.NOBODY) {
        continue;
      }
      if (statement.effect() == Effect.DENY) {
        return new Grant(Verdict.of(Effect.DENY, statement.name()), naming);
      }
      if (naming.compareTo(closest) > 0) {
        verdict = Verdict.of(Effect.ALLOW, statement.name());
        closest = naming;
      }
    }
    return new Grant(verdict, closest);
  }

  /** What a policy says, and of whom. */
  record Grant(Verdict verdict, Naming naming) {

    static final Grant SILENT = new Grant(Verdict.SILENT, Naming.NOBODY);
  }

  /**
   * The condition keys that the policy asks for, in conditions and as variables, so that whoever
   * keeps a policy can refuse what its requests never have.
   */
  public Set<String> keys() {
    Set<String> keys = new LinkedHashSet<>();
    statements.forEach(statement -> statement.addKeys(keys));
    return keys;
  }
}
