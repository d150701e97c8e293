/** Accounts, roles and history need their look only. */
import "./access.css";

export function mount(): void {
  // The styles are all there is.
}
