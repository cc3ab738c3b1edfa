/** What the work that tenants choose may cost. Knows no other package of ours. */
package io.gatehouse.runtime.budget;
