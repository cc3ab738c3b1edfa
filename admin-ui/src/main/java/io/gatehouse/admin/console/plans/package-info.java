/** Usage plans: which key may call which stage, and how much. */
package io.gatehouse.admin.console.plans;
