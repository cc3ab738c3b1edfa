package io.gatehouse.admin.recorded;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How many of the recorded answers of deployed APIs came out as recorded, and which did not. */
final class DataPlaneTally {

  private final List<String> whole = new ArrayList<>();
  private final List<String> partly = new ArrayList<>();
  private int requests;
  private int different;

  void count(Scenario scenario, String name, Set<String> differences, Map<String, String> reasons) {
    List<Invocation> made = scenario.invocations();
    if (made.isEmpty()) {
      return;
    }
    List<String> differing =
        made.stream().map(Invocation::name).filter(differences::contains).toList();
    requests += made.size();
    different += differing.size();
    if (differing.isEmpty()) {
      whole.add(name);
    } else {
      partly.add(
          name
              + ": "
              + differing.size()
              + " of "
              + made.size()
              + " requests, "
              + Set.copyOf(reasons.values()));
    }
  }

  String text() {
    return "data plane replayed: "
        + (whole.size() + partly.size())
        + " scenarios, "
        + whole.size()
        + " of them as recorded; "
        + requests
        + " requests, "
        + (requests - different)
        + " of them as recorded\nlisted as different:\n  "
        + String.join("\n  ", partly);
  }
}
