package io.gatehouse.model.policy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
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
    /** On a role: who may assume it. Its statements name principals and no resource. */
    TRUST(4096),
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

  /** Denies everything to everybody: in the place of a policy that cannot be read. */
  public static final Policy CLOSED =
      new Policy(
          List.of(
              new Statement(
                  "closed",
                  Effect.DENY,
                  Optional.empty(),
                  new Statement.Actions(true, List.of()),
                  new Statement.Resources(true, List.of()),
                  List.of())));

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

  /**
   * Never takes more steps than the request has left: a statement that would need more denies,
   * whatever it says.
   */
  public Verdict verdict(PolicyRequest request) {
    return grant(request).verdict();
  }

  /** An allow with how closely the caller is named by a statement that allows. */
  Grant grant(PolicyRequest request) {
    Grant grant = Grant.SILENT;
    for (Statement statement : statements) {
      if (statement.effect() == Effect.ALLOW && grant.naming() == Naming.CALLER) {
        continue; // it could not say more than has been said
      }
      try {
        Naming naming = statement.naming(request);
        if (naming != Naming.NOBODY && statement.effect() == Effect.DENY) {
          return new Grant(statement.verdict(), naming);
        }
        if (naming.compareTo(grant.naming()) > 0) {
          grant = new Grant(statement.verdict(), naming);
        }
      } catch (PolicyRequest.OutOfSteps tooCostly) {
        return new Grant(Verdict.of(Effect.DENY, statement.name()), Naming.CALLER);
      }
    }
    return grant;
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
