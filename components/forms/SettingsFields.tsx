import { Field } from "@/components/Field.tsx";
import { COUNTRIES } from "@/lib/account/countries.ts";
import type { Problems } from "@/lib/account/check_settings.ts";
import {
  addressField,
  type AddressRow,
  isBlank,
  phoneField,
  type SettingsForm,
} from "@/lib/account/settings_form.ts";
import type { FieldProblem } from "./ErrorSummary.tsx";

interface SettingsFieldsProps {
  form: SettingsForm;
  problems: Problems;
}

/** The fields of the account settings form. */
export function SettingsFields({ form, problems }: SettingsFieldsProps) {
  const { memberId, shown, texts, phones, addresses } = form;
  const text = (name: keyof typeof TEXT_LABELS, autocomplete: string) => ({
    label: TEXT_LABELS[name],
    name,
    value: texts[name],
    error: problems[name],
    autocomplete,
    dir: "auto" as const,
  });
  return (
    <>
      <input type="hidden" name="member" value={memberId} />
      <input type="hidden" name="shown" value={JSON.stringify(shown)} />
      <fieldset>
        <legend>Name</legend>
        <Field
          {...text("nickname", "nickname")}
          hint="Shown to others if your profile is public."
        />
        <div class="pair">
          <Field {...text("firstName", "given-name")} />
          <Field {...text("lastName", "family-name")} />
        </div>
      </fieldset>
      <fieldset>
        <legend>Phone numbers</legend>
        <small>To remove a number, clear its field.</small>
        {phones.map((phone, row) => (
          <Field
            key={row}
            label={phoneLabel(row)}
            name={phoneField(row)}
            value={phone}
            error={problems[phoneField(row)]}
            type="tel"
            autocomplete={row === 0 ? "tel" : "off"}
          />
        ))}
      </fieldset>
      <fieldset>
        <legend>Addresses</legend>
        {addresses.map((address, row) => (
          <AddressFields
            key={row}
            row={row}
            address={address}
            problems={problems}
          />
        ))}
      </fieldset>
    </>
  );
}

interface AddressFieldsProps {
  row: number;
  address: AddressRow;
  problems: Problems;
}

/** One address, collapsed unless it has errors or unsaved changes. */
function AddressFields(props: AddressFieldsProps) {
  const { row, address, problems } = props;
  const isNew = address.id === "";
  const hasProblem = Object.keys(problems).some((name) =>
    name.startsWith(`address-${row + 1}-`)
  );
  return (
    <details
      class="fold"
      open={hasProblem || address.removed || isNew && !isBlank(address)}
    >
      <summary>
        {isNew ? "Add an address" : <bdi>{addressLabel(address)}</bdi>}
      </summary>
      <div class="fields" role="group" aria-label={`Address ${row + 1}`}>
        <AddressInputs {...props} />
        {!isNew && (
          <label class="check">
            <input
              type="checkbox"
              id={addressField(row, "remove")}
              name={addressField(row, "remove")}
              checked={address.removed}
            />
            Remove this address
          </label>
        )}
      </div>
    </details>
  );
}

function addressLabel({ addressLine, city }: AddressRow): string {
  return [addressLine, city].filter(Boolean).join(", ") || "Address";
}

function AddressInputs({ row, address, problems }: AddressFieldsProps) {
  const field = (name: keyof typeof ADDRESS_LABELS, autocomplete: string) => ({
    label: ADDRESS_LABELS[name],
    name: addressField(row, name),
    value: address[name],
    error: problems[addressField(row, name)],
    autocomplete: `section-address-${row + 1} ${autocomplete}`,
  });
  return (
    <>
      <input type="hidden" name={addressField(row, "id")} value={address.id} />
      <Field {...field("addressLine", "address-line1")} dir="auto" />
      <Field {...field("addressLine2", "address-line2")} dir="auto" />
      <div class="pair">
        <Field {...field("postalCode", "postal-code")} />
        <Field {...field("city", "address-level2")} dir="auto" />
      </div>
      <div class="pair">
        <Field
          {...field("subdivision", "address-level1")}
          hint="Use a code, such as US-OR."
          autocapitalize="characters"
          spellcheck={false}
        />
        <Field {...field("country", "country")}>
          <option value="">Choose a country</option>
          {COUNTRIES.map(({ code, name }) => (
            <option key={code} value={code} selected={code === address.country}>
              {name}
            </option>
          ))}
        </Field>
      </div>
    </>
  );
}

const TEXT_LABELS = {
  nickname: "Nickname",
  firstName: "First name",
  lastName: "Last name",
};

const ADDRESS_LABELS = {
  addressLine: "Street address",
  addressLine2: "Apartment or floor (optional)",
  postalCode: "Postal code (optional)",
  city: "City or town",
  subdivision: "State or province (optional)",
  country: "Country",
};

const phoneLabel = (row: number) => `Phone number ${row + 1}`;

/** Returns the problems for the error summary, with the labels of their fields. */
export function fieldProblems(problems: Problems): FieldProblem[] {
  return Object.entries(problems).map(([field, problem]) => ({
    field,
    label: labelOf(field).replace(" (optional)", ""),
    problem,
  }));
}

const LABELS: Readonly<Record<string, string>> = {
  ...TEXT_LABELS,
  ...ADDRESS_LABELS,
};

function labelOf(field: string): string {
  const [kind = "", number = "", part] = field.split("-");
  if (kind === "phone") return phoneLabel(Number(number) - 1);
  const label = LABELS[part ?? kind] ?? field;
  return part === undefined
    ? label
    : `Address ${number}, ${label.toLowerCase()}`;
}
