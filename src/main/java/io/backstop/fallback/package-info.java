/**
 * What is done when an action has failed: which steps are taken ({@code Strategies}), what a
 * request becomes for another target ({@code Conversions}), and which services have failed lately
 * ({@code RecentServiceFailures}).
 */
package io.backstop.fallback;
